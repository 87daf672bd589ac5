const DAY_MS = 86_400_000;

/** Each calendar day of the span in that zone, as YYYY-MM-DD. */
export function daysBetween(from: number, to: number, timeZone: string): string[] {
  const name = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const days = new Set<string>();
  for (let at = from; at < to; at += DAY_MS / 2) days.add(name.format(at));
  days.add(name.format(to));
  return [...days];
}

const LABEL = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

export function dayLabel(day: string): string {
  return LABEL.format(Date.parse(`${day}T00:00:00Z`));
}
