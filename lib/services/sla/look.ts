import { dueSlaTimers } from '@/db/queries/timers';
import type { Context } from '../context';
import { SLA_DUE } from './sla-timer';

/** Every open handoff's clocks are looked at again at once: what they are held to has changed. */
export async function lookAtClocks(ctx: Context): Promise<void> {
  await dueSlaTimers(ctx.db, SLA_DUE, ctx.now());
  ctx.wakeTimers();
}
