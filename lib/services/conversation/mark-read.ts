import { z } from 'zod';
import type { Guard } from '@/db/commit';
import type { Actor, AgentActor, VisitorActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { id, seq } from '../message/inputs';
import { conversationOf } from '../visitor/conversation-of';

const upTo = seq.min(1);
export const readAsAgentInput = z.strictObject({ conversationId: id, upTo });
export const readAsVisitorInput = z.strictObject({ upTo });

/** The owner has read so far. Only the owner's eyes count: a colleague who looks in is no receipt. */
export async function readAsAgent(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof readAsAgentInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'message.send');
  const input = readAsAgentInput.parse(raw);
  return mark(ctx, actor, 'staff', input.conversationId, input.upTo, {
    states: ['active'],
    agentId: actor.id,
  });
}

export async function readAsVisitor(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof readAsVisitorInput>,
): Promise<Record<string, never>> {
  const input = readAsVisitorInput.parse(raw);
  const conversationId = await conversationOf(ctx, actor);
  if (conversationId === null) return {};
  return mark(ctx, actor, 'visitor', conversationId, input.upTo, { visitorId: actor.id });
}

async function mark(
  ctx: Context,
  actor: Actor,
  side: 'visitor' | 'staff',
  conversationId: string,
  readUpTo: number,
  guard: Guard,
): Promise<Record<string, never>> {
  await commitChange(ctx, actor, {
    conversationId,
    guard: { ...guard, unreadBefore: { side, upTo: readUpTo } },
    head: side === 'visitor' ? { visitorReadSeq: readUpTo } : { staffReadSeq: readUpTo },
    messages: [],
    events: [{ kind: 'conversation.read', payload: { side, upTo: readUpTo } }],
  });
  return {};
}
