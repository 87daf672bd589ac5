import { z } from 'zod';
import { canonical } from '@/db/chain';
import { settingWrite } from '@/db/queries/settings';
import { commitSetting } from '@/db/queries/stream';
import { type Actor, loggedActor } from '@/lib/domain/actor';
import { DEFAULT_SLA_POLICY, type SlaPolicy } from '@/lib/domain/sla-policy';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { tellSettingsChanged } from '../notices';
import { policyTerms, seenVersion } from './inputs';
import { SLA_POLICY } from './settings';

export const changeSlaPolicyInput = z.strictObject({ version: seenVersion, ...policyTerms.shape });

/**
 * Holds every open and future handoff to these targets, from the original start of each clock. Refused over another
 * version than the one that was seen; what is so already is done again without a trace.
 */
export async function changeSlaPolicy(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeSlaPolicyInput>,
): Promise<SlaPolicy> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version, ...terms } = changeSlaPolicyInput.parse(raw);
  if (ctx.settings.slaPolicy().version !== version) await ctx.settings.refresh();
  const before = ctx.settings.slaPolicy();
  if (before.version !== version) throw changedMeanwhile();
  const after: SlaPolicy = { version: version + 1, ...terms };
  if (canonical({ ...after, version }) === canonical(before)) return before;
  const at = ctx.now();
  const written = await commitSetting(
    ctx.db,
    ctx.keys.audit,
    settingWrite(SLA_POLICY, after, { version, missing: DEFAULT_SLA_POLICY.version }, at),
    { kind: 'sla.policyChanged', actor: loggedActor(actor), payload: { before, after }, at },
  );
  if (!written) throw changedMeanwhile();
  await tellSettingsChanged(ctx);
  return after;
}

function changedMeanwhile(): AppError {
  return new AppError(
    'conflict',
    'Somebody changed the targets meanwhile. Look at theirs before you save yours.',
  );
}
