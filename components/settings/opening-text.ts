/** What hours mean now. */
export interface Opening {
  open: boolean;
  opensAt: number | null;
  closesAt: number | null;
}

/** `Open now, closes 18:00`, `Closed, opens Monday 09:00 (your time 08:00)`: in the team's zone, and in one's own. */
export function openingText(
  { open, opensAt, closesAt }: Opening,
  timeZone: string | null,
  now: number,
): string {
  if (open)
    return closesAt === null ? 'Open around the clock' : `Open now, closes ${when(closesAt, timeZone, now)}`;
  return opensAt === null ? 'Closed, and never opens' : `Closed, opens ${when(opensAt, timeZone, now)}`;
}

function when(at: number, timeZone: string | null, now: number): string {
  const there = instant(at, timeZone ?? undefined, now);
  const here = instant(at, undefined, now);
  return here === there ? there : `${there} (your time ${here})`;
}

/** The time; with the day where that is not today, and with the date where the day could be another week's. */
function instant(at: number, timeZone: string | undefined, now: number): string {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...zone });
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', ...zone });
  const date = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...zone });
  if (date.format(at) === date.format(now)) return time.format(at);
  return `${(at - now < 6 * 86_400_000 ? day : date).format(at)} ${time.format(at)}`;
}
