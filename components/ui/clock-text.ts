import { zoneCity } from '@/lib/domain/zone-city';

/** `Tue 24 Nov, 15:30`, by the reader's clock or by that of a zone. */
export function clockText(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(at);
}

/** The same instant by the customer's clock, with the day only where it is another there; null where both say the same. */
export function otherClockText(at: number, timeZone: string): string | null {
  const [here, there] = [clockText(at), clockText(at, timeZone)];
  if (here === there) return null;
  const [[day], [otherDay, time]] = [here.split(', '), there.split(', ')];
  return `${day === otherDay ? time : there} ${zoneCity(timeZone)}`;
}
