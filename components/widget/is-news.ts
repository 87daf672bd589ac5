import type { QueuePosition } from '@/lib/protocol';

/** Whether a place is worth saying after another was said: a range that shifts a little on the same place is not. */
export function isNews(said: QueuePosition, now: QueuePosition): boolean {
  if (said.position !== now.position || said.exact !== now.exact) return true;
  const [before, after] = [said.wait, now.wait];
  if (before === null || after === null) return before !== after && after !== null;
  return after.lowMinutes >= before.highMinutes || after.highMinutes <= before.lowMinutes;
}
