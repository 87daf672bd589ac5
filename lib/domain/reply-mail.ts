/** A burst of answers is one mail: sent this many times the pause after its first words, whatever else is written. */
const LONGEST_PAUSES = 5;

/** When answers that nobody has read are mailed: a pause after the last, and five after the first at the latest. */
export function replyMailAt(firstAt: number, lastAt: number, pauseMs: number): number {
  return Math.min(lastAt + pauseMs, firstAt + LONGEST_PAUSES * pauseMs);
}
