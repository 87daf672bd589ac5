import { z } from 'zod';
import { setFirstStepsDismissed } from '@/db/queries/first-steps';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';

export const dismissInput = z.strictObject({ dismissed: z.boolean() });

/** Puts the first steps away for this admin, on every device, or brings them back. */
export async function dismissFirstSteps(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof dismissInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'firstSteps.dismiss');
  const { dismissed } = dismissInput.parse(raw);
  await setFirstStepsDismissed(ctx.db, actor.id, dismissed ? ctx.now() : null);
  return {};
}
