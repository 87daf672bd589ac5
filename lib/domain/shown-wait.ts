const MINUTE = 60_000;
const HOUR = 60;
/** Of more than this a promise helps nobody. */
const LONGEST = 8 * HOUR;
/** Up to so many minutes, in steps of as many. */
const STEPS: readonly (readonly [number, number])[] = [
  [10, 1],
  [30, 5],
  [2 * HOUR, 10],
  [Number.POSITIVE_INFINITY, HOUR],
];

/** A wait as it is told: whole minutes, in steps that grow with it. A low end of 0 means "under". */
export interface ShownWait {
  lowMinutes: number;
  highMinutes: number;
}

/** Rounded outwards, so that what is told is never more exact than what is known; null where it would say nothing. */
export function shownWait(lowMs: number, highMs: number): ShownWait | null {
  const high = highMs / MINUTE;
  if (!(high <= LONGEST)) return null;
  const step = stepOf(high);
  const highMinutes = Math.max(1, Math.ceil(high / step) * step);
  const low = Math.max(0, Math.min(lowMs, highMs)) / MINUTE;
  // From two hours on both ends are in hours.
  const lowStep = highMinutes > 2 * HOUR ? HOUR : stepOf(low);
  return { lowMinutes: Math.floor(low / lowStep) * lowStep, highMinutes };
}

function stepOf(minutes: number): number {
  return STEPS.find(([upTo]) => minutes <= upTo)?.[1] ?? HOUR;
}
