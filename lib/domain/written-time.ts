/** `9`, `930`, `9.30` and `9:30` as HH:mm; anything else as it was written. */
export function tidyTime(text: string): string {
  const words = text.trim();
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(words);
  if (!found) return words;
  const [, hours = '', minutes = '00'] = found;
  return `${hours.padStart(2, '0')}:${minutes}`;
}

/** Whether a shift from one written time to the other ends on the day after it began. */
export function endsNextDay(from: string, to: string): boolean {
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  return isTime(from) && isTime(to) && to < from;
}
