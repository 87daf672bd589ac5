/**
 * Wait before the next try: anything from zero to a ceiling that doubles with each failure, so that clients that lost
 * their server together do not come back together.
 */
export function fullJitter(
  failures: number,
  range: { baseMs: number; capMs: number },
  random: () => number,
): number {
  return random() * Math.min(range.capMs, range.baseMs * 2 ** Math.min(failures, 16));
}
