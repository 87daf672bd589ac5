import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_PRIORITY_POLICY, type PriorityPolicy } from '@/lib/domain/priority-policy';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { changeSetting } from './change-setting';
import { priorityTerms, seenVersion } from './inputs';
import { PRIORITY_POLICY } from './settings';

export const changePriorityPolicyInput = z.strictObject({ version: seenVersion, ...priorityTerms.shape });

/** Judges every handoff that enters the queue from now on by these; who waits already keeps their priority. */
export async function changePriorityPolicy(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changePriorityPolicyInput>,
): Promise<PriorityPolicy> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version: seen, ...terms } = changePriorityPolicyInput.parse(raw);
  return changeSetting(ctx, actor, {
    key: PRIORITY_POLICY,
    kind: 'priority.policyChanged',
    name: 'the priorities',
    held: () => ctx.settings.priorityPolicy(),
    missing: DEFAULT_PRIORITY_POLICY.version,
    seen,
    wanted: (version) => ({ version, ...terms }),
  });
}
