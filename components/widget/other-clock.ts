/** The time by another clock, with the day where it is another there. */
export function otherClock(at: number, timeZone: string, locale: string): string {
  const day = (zone?: string) =>
    new Intl.DateTimeFormat('en-CA', zone === undefined ? {} : { timeZone: zone }).format(at);
  const there = { timeZone, hour: 'numeric', minute: '2-digit' } as const;
  const same = day(timeZone) === day();
  return new Intl.DateTimeFormat(locale, same ? there : { ...there, weekday: 'short' }).format(at);
}
