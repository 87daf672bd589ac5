/** What the host page's script and the framed panel tell each other, over a port of their own. */
export type HostMessage =
  /** Where the host page is now, as origin and path; how many pages this visit had, and since when. */
  | { type: 'shown'; open: boolean; page: string; pages: number; since: number }
  | { type: 'identify'; jwt: string }
  | { type: 'logout' }
  | { type: 'requestHuman' }
  /** What they were approached with is taken up. */
  | { type: 'approach'; ruleId: string }
  | { type: 'ask'; text: string };

export type FrameMessage =
  | { type: 'close' }
  | { type: 'launcher'; look: LauncherLook }
  | { type: 'event'; name: string; detail: unknown };

/** The one message on the window itself: it brings the port. */
export interface ConnectMessage {
  type: 'baton:connect';
  identity: string | undefined;
}

/** How the launcher looks with the panel shut. Remembered on the host, so that the next page starts with it. */
export interface LauncherLook {
  /** Messages of the customer, and whether a person is offered, awaited or there. */
  said: number;
  engaged: boolean;
  /** A conversation runs: the next page makes the connection without being asked. */
  active: boolean;
  title: string;
  openLabel: string;
  closeLabel: string;
  unread: number;
  line: string | null;
  initials: string | null;
  colors: { light: string; onLight: string; dark: string; onDark: string };
}
