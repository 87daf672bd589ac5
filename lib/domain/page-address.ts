export const PAGE_MATCHES = ['contains', 'starts', 'matches'] as const;
/** `matches`: all of it, where a `*` stands for anything. */
export type PageMatch = (typeof PAGE_MATCHES)[number];

const LONGEST_PAGE = 300;

/**
 * A page as it is kept: origin and path. What follows a `?` or a `#`, and who signed in, may be secret and is left out; so
 * is all of what is no page of the web. Null for that.
 */
export function pageAddress(written: string): string | null {
  if (!URL.canParse(written)) return null;
  const { protocol, origin, pathname } = new URL(written);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return `${origin}${pathname}`.slice(0, LONGEST_PAGE);
}

/** Whether the page is one of these, whatever case. What begins with a slash is about the path, else about all of it. */
export function pageMatches(page: string, how: PageMatch, wanted: readonly string[]): boolean {
  const whole = page.toLowerCase();
  const path = whole.replace(/^[a-z]+:\/\/[^/]*/, '');
  return wanted.some((each) => {
    const sought = each.toLowerCase();
    const text = sought.startsWith('/') ? path : whole;
    if (how === 'contains') return text.includes(sought);
    return how === 'starts' ? text.startsWith(sought) : isLike(text, sought);
  });
}

/** Piece by piece and never back, so that no pattern takes longer than the text. */
function isLike(text: string, pattern: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return text === pattern;
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last))
    return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
