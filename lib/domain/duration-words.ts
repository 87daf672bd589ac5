const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const NAMES: readonly [string, number][] = [
  ['days', DAY],
  ['h', HOUR],
  ['min', MINUTE],
  ['s', SECOND],
];

const UNITS = new Map([
  ['s', SECOND],
  ['sec', SECOND],
  ['second', SECOND],
  ['m', MINUTE],
  ['min', MINUTE],
  ['minute', MINUTE],
  ['h', HOUR],
  ['hour', HOUR],
  ['d', DAY],
  ['day', DAY],
  ['w', 7 * DAY],
  ['week', 7 * DAY],
]);

/** `90 s`, `2 min`, `1 h 30 min`, `24 h`, `3 days`; a dash for none. `durationOf` reads back what this writes. */
export function durationWords(ms: number | null): string {
  if (ms === null) return '—';
  if (ms < 2 * MINUTE) return ms === MINUTE ? '1 min' : `${ms / SECOND} s`;
  const parts: string[] = [];
  let left = ms;
  for (const [name, unit] of NAMES) {
    const count = unit === SECOND ? left / SECOND : Math.floor(left / unit);
    // A day or a day and a half are hours to those who promise them.
    if (count === 0 || (unit === DAY && (ms < 2 * DAY || left % DAY !== 0))) continue;
    parts.push(`${count} ${name}`);
    left %= unit;
  }
  return parts.join(' ');
}

/** What somebody wrote, in ms; null for none. Undefined where it is no duration: a bare number has no unit. */
export function durationOf(text: string): number | null | undefined {
  const words = text.trim().toLowerCase();
  if (['', '-', '–', '—', 'none', 'never'].includes(words)) return null;
  const parts = [...words.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)\.?\s*/gy)];
  if (parts.map(([part]) => part).join('') !== words) return undefined;
  let sum = 0;
  for (const [, count, name = ''] of parts) {
    const unit = UNITS.get(name) ?? UNITS.get(name.replace(/s$/, ''));
    if (unit === undefined) return undefined;
    sum += Number(count?.replace(',', '.')) * unit;
  }
  return Math.round(sum);
}
