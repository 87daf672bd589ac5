import type { Callback, CallbackTerms } from '@/lib/domain/callback';

/** What the log keeps of a call: no number and no address. */
export function termsOf(callback: CallbackTerms): CallbackTerms {
  const { callbackId, handoffId, teamId, channel, slot, lateAt, agent, timeZone, teamTimeZone } = callback;
  return { callbackId, handoffId, teamId, channel, slot, lateAt, agent, timeZone, teamTimeZone };
}

/** The call at another time, or with somebody else. */
export function movedTo(
  callback: Callback,
  to: { agent: { id: string; name: string }; startAt: number; endAt: number; lateAt: number },
  remindedAt: number | null,
): Callback {
  const { agent, startAt, endAt, lateAt } = to;
  return {
    ...callback,
    agent,
    slot: { startAt, endAt },
    lateAt,
    remindedAt,
    sequence: callback.sequence + 1,
  };
}
