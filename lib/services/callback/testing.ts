import type { VisitorActor } from '@/lib/domain/actor';
import type { Callback } from '@/lib/domain/callback';
import type { Context } from '../context';
import type { TestWorld } from '../testing';
import { bookCallback } from './book';
import { callbackUrl } from './link';
import { proposeSlots } from './propose';
import { stepCallback } from './step';

type Made = Awaited<ReturnType<TestWorld['conversation']>>;

export const CONTACT = { phone: '+351 912 345 646', email: 'jonas.berg@post.example' };

/** The first time that is proposed to this visitor. */
export async function firstSlot(ctx: Context, visitor: VisitorActor, handoffId: string): Promise<number> {
  const { slots } = await proposeSlots(ctx, visitor, {
    handoffId,
    channel: 'voice',
    timeZone: 'Europe/Lisbon',
    after: null,
  });
  const [slot] = slots;
  if (slot === undefined) throw new Error('No time is free');
  return slot.startAt;
}

/** A call by phone at the first time that is proposed, as the customer books it. */
export async function bookFirst(
  ctx: Context,
  { visitor, handoffId }: Pick<Made, 'visitor' | 'handoffId'>,
  more: { startAt?: number | null } = {},
): Promise<number | null> {
  const startAt = more.startAt === undefined ? await firstSlot(ctx, visitor, handoffId) : more.startAt;
  await bookCallback(ctx, visitor, {
    handoffId,
    channel: 'voice',
    startAt,
    ...CONTACT,
    timeZone: 'Europe/Lisbon',
  });
  return startAt;
}

/** A call that is due: its hour has come, and its agent has the conversation. */
export async function callDue(world: TestWorld, ctx: Context, made: Made): Promise<void> {
  const startAt = await bookFirst(ctx, made);
  world.clock.now = startAt ?? world.clock.now;
  await stepCallback(ctx, made.conversationId);
  await stepCallback(ctx, made.conversationId);
}

export function tokenOf(ctx: Context, { callbackId }: Pick<Callback, 'callbackId'>): string {
  return callbackUrl(ctx, callbackId).split('/').at(-1) ?? '';
}
