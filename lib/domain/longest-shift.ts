/** Whoever was free for longer was not at work: how long says nothing of them. */
export const LONGEST_SHIFT_MS = 12 * 60 * 60_000;
