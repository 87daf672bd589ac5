import { isExclusionViolation } from '@/db/errors';
import { REMINDER_MS } from '@/lib/domain/callback';
import { freeAt } from '@/lib/domain/callback-slots';
import type { Context } from '../context';
import { AppError } from '../errors';
import type { readCalendar } from './calendar';

const MINUTE = 60_000;

/** A slot with its agent, as a commit would take it. */
export interface TakenSlot {
  agent: { id: string; name: string };
  startAt: number;
  endAt: number;
  heldUntil: number;
  lateAt: number;
  /** Now, where the slot is too near for a reminder. */
  remindedAt: number | null;
}

/**
 * Commits a call at that time with the first agent whom the database lets it take: it alone knows who is free at that
 * very moment. Refused where nobody is any more.
 */
export async function takeSlot<T>(
  ctx: Context,
  calendar: NonNullable<Awaited<ReturnType<typeof readCalendar>>>,
  startAt: number,
  /** Whom the customer knows already. */
  preferred: string | null,
  commitWith: (slot: TakenSlot) => Promise<T>,
): Promise<T> {
  const { settings, lengthMs, bufferMs } = calendar;
  const free = freeAt(calendar, startAt);
  const inOrder = preferred !== null && free.includes(preferred) ? [preferred, ...free] : free;
  const endAt = startAt + lengthMs;
  for (const id of new Set(inOrder)) {
    const agent = ctx.directory.agent(id);
    if (agent === undefined) continue;
    try {
      return await commitWith({
        agent: { id, name: agent.name },
        startAt,
        endAt,
        heldUntil: endAt + bufferMs,
        lateAt: startAt + settings.lateMinutes * MINUTE,
        remindedAt: startAt - ctx.now() <= REMINDER_MS ? ctx.now() : null,
      });
    } catch (error) {
      if (!isExclusionViolation(error, 'callbacks_apart')) throw error;
    }
  }
  throw new AppError('limit', 'That time has just been taken. Choose another.');
}
