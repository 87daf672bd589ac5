import type { Change, TimerWrite } from '@/db/commit';
import { type Callback, nextCallbackStep } from '@/lib/domain/callback';

/** What happens to a conversation's call by itself: it has one that is not over. */
export const CALLBACK_STEP = 'callback.step';
export const callbackKey = (conversationId: string) => `${CALLBACK_STEP}:${conversationId}`;

/** Of a change that leaves the callback so: the timer of its next step, or none any more. */
export function stepTimers(
  callback: Parameters<typeof nextCallbackStep>[0] & Pick<Callback, 'conversationId'>,
): Pick<Change, 'upsertTimers' | 'removeTimers'> {
  const key = callbackKey(callback.conversationId);
  const step = nextCallbackStep(callback);
  if (step === null) return { removeTimers: [{ key }] };
  const timer: TimerWrite = { key, kind: CALLBACK_STEP, dueAt: step.at };
  return { upsertTimers: [timer] };
}
