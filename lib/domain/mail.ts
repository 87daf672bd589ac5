/**
 * `reply`: what an agent wrote to a customer who is away. `callback`: a call that was agreed, moved, called off or is near.
 * `agent`: somebody of ours is told of their work. `test`: an admin tries the connection.
 */
export const MAIL_KINDS = ['reply', 'callback', 'agent', 'test'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** `failed`: the server refused it for good, or it was tried for a day. */
export const MAIL_STATES = ['waiting', 'sent', 'failed', 'discarded'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** A mail as it leaves: the same words however often it is tried. Times are epoch milliseconds. */
export interface Mail {
  id: string;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  /** An invitation that goes along, as iCalendar has it. */
  calendar?: string | null;
  createdAt: number;
}

/** A mail as an admin sees it. */
export interface MailEntry {
  id: string;
  kind: MailKind;
  conversationId: string | null;
  recipient: string;
  subject: string;
  text: string;
  state: MailState;
  createdAt: number;
  dueAt: number;
  attempts: number;
  isBeingSent: boolean;
  lastError: string | null;
  sentAt: number | null;
}

/** The outbox as an admin sees it. */
export interface MailPage {
  /** Null: no way out is configured. */
  server: { host: string; port: number; from: string } | null;
  /** Up to MAIL_COUNT_CAP each. */
  counts: Record<MailState, number>;
  mails: MailEntry[];
  /** Asks for the page after this one. */
  next: { at: number; id: string } | null;
  /** Where a test goes. */
  ownAddress: string;
  now: number;
}

export const MAIL_COUNT_CAP = 1000;

/** `refused`: this mail, for good. `failed`: not now; `connection` says that no other mail would have gone either. */
export type Delivery =
  | { kind: 'sent' }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; of: 'mail' | 'connection'; reason: string };

/** The words of a mail without what only its reader may have: whoever has the whole link back is that customer. */
export function withoutReturnLinks(text: string): string {
  return text.replace(/(https?:\/\/\S+\/(?:return|callback)\/)\S+/g, '$1…');
}

const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60 * 60_000;
const MOST_ATTEMPTS = 30;

/** How long a mail waits after so many attempts: doubled each time up to an hour; null after about a day. */
export function waitAfter(attempts: number): number | null {
  if (attempts >= MOST_ATTEMPTS) return null;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
}

const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL = 64;
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * One address as it may stand in a header, or null. Plain ASCII, one @, no quotes, comments or lists: whatever could be
 * read as a second recipient or a second header is no address.
 */
export function mailAddress(written: string): string | null {
  const address = written.trim();
  const at = address.lastIndexOf('@');
  if (at < 1 || address.length > LONGEST_ADDRESS || at > LONGEST_LOCAL) return null;
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  return LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain.toLowerCase()}` : null;
}
