import type { Span } from '@/lib/domain/callback-slots';
import { READ_AHEAD_MS } from '@/lib/domain/connected-calendar';

/** What is read of a calendar at a time: calls are offered in no other. */
export function readingWindow(now: number): Span {
  return { start: now, end: now + READ_AHEAD_MS };
}
