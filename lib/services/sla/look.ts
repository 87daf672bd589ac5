import { dueOfHandoffs } from '@/db/queries/timers';
import type { Context } from '../context';
import { SLA_DUE, SLA_KEY } from './sla-timer';

/** Every open handoff's clocks are looked at again at once: what they are held to has changed. */
export async function lookAtClocks(ctx: Context): Promise<void> {
  await dueOfHandoffs(ctx.db, { prefix: SLA_KEY, kind: SLA_DUE }, ['pending', 'claimed'], ctx.now());
  ctx.wakeTimers();
}
