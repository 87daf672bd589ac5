import type { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { type Affected, countAffected } from './affected';
import { policyTerms } from './inputs';

/** How many open handoffs would get another deadline by these targets, and how many would breach at once. */
export async function previewSlaPolicy(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof policyTerms>,
): Promise<Affected> {
  authorise(actor, 'settings.read');
  const terms = policyTerms.parse(raw);
  return countAffected(ctx, null, (rules) => ({
    ...rules,
    policy: { version: rules.policy.version + 1, ...terms },
  }));
}
