import type { Change } from '@/db/commit';
import type { LoadedConversation } from '@/db/queries/conversations';
import type { Callback } from '@/lib/domain/callback';
import type { Context, Publication } from '../context';
import { slaTimer } from '../sla/sla-timer';
import { invitationMail } from './mails';
import { termsOf } from './terms';
import { callbackKey } from './timer';

/**
 * A call that is not to be. A handoff that waits for nothing else ends with it; where a person has the conversation, it
 * stays theirs.
 */
export function cancelChange(
  ctx: Context,
  { head, handoff }: LoadedConversation,
  callback: Callback,
  name: string | null,
): { change: Change; left: Publication['left'] } {
  const own = handoff?.id === callback.handoffId ? handoff : null;
  const inLine = own?.state === 'pending' && own.path === 'callback' && head.state === 'pending';
  const ends = inLine || own?.state === 'scheduled';
  const cancelled = { ...callback, sequence: callback.sequence + 1 };
  const change: Change = {
    conversationId: head.id,
    guard: { version: head.version, ...(inLine ? { ringAgentId: head.ring?.agentId ?? null } : {}) },
    head: inLine ? { state: 'bot', teamId: null, agentId: null } : {},
    ...(ends && own
      ? {
          patchHandoff: {
            id: own.id,
            set: { state: 'cancelled', endedAt: ctx.now(), outcome: 'cancelled' },
          },
        }
      : {}),
    patchCallback: { id: callback.callbackId, from: ['booked', 'due'], set: { state: 'cancelled' } },
    messages: [],
    events: [
      { kind: 'callback.cancelled', payload: termsOf(callback) },
      ...(inLine ? [{ kind: 'handoff.cancelled' as const, payload: { handoffId: callback.handoffId } }] : []),
    ],
    ...invitationMail(ctx, cancelled, 'cancelled', {
      widgetId: head.widgetId,
      visitorId: head.visitorId,
      name,
    }),
    ...(inLine ? { upsertTimers: [slaTimer(head.id, ctx.now())] } : {}),
    removeTimers: [{ key: callbackKey(head.id) }],
  };
  return { change, left: inLine ? { teamId: head.teamId } : {} };
}
