export const DESK_HOME = '/inbox/pending';

/** The first step of every path at the desk. */
const ROOMS: readonly string[] = [
  'inbox',
  'settings',
  'callbacks',
  'calendars',
  'reports',
  'audit',
  'people',
];
const LONGEST_PATH = 1000;
/** Never resolved: a path that leads elsewhere shows by another origin. */
const DESK = 'http://desk.invalid';
/** What the router adds to ask for a part of a page. */
const ROUTER_MARK = '_rsc';

/**
 * A place at the desk that somebody asked for, as a path to go to, or null. Read as a browser would read it, so that what
 * another site wrote into a link never leads away from here.
 */
export function deskPath(asked: string | null | undefined): string | null {
  if (!asked?.startsWith('/') || asked.length > LONGEST_PATH || !URL.canParse(asked, DESK)) return null;
  const url = new URL(asked, DESK);
  if (url.origin !== DESK || !ROOMS.includes(url.pathname.split('/')[1] ?? '')) return null;
  if (url.searchParams.has(ROUTER_MARK)) url.searchParams.delete(ROUTER_MARK);
  return `${url.pathname}${url.search}`;
}

/** Where somebody signs in who wants to stand at this place afterwards. */
export function signInPath(asked: string | null | undefined): string {
  const path = deskPath(asked);
  return path === null || path === DESK_HOME ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`;
}
