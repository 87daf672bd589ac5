import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_SLA_POLICY, type SlaPolicy } from '@/lib/domain/sla-policy';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { changeSetting } from './change-setting';
import { policyTerms, seenVersion } from './inputs';
import { SLA_POLICY } from './settings';

export const changeSlaPolicyInput = z.strictObject({ version: seenVersion, ...policyTerms.shape });

/** Holds every open and future handoff to these targets, from the original start of each clock. */
export async function changeSlaPolicy(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeSlaPolicyInput>,
): Promise<SlaPolicy> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version: seen, ...terms } = changeSlaPolicyInput.parse(raw);
  return changeSetting(ctx, actor, {
    key: SLA_POLICY,
    kind: 'sla.policyChanged',
    name: 'the targets',
    held: () => ctx.settings.slaPolicy(),
    missing: DEFAULT_SLA_POLICY.version,
    seen,
    wanted: (version) => ({ version, ...terms }),
  });
}
