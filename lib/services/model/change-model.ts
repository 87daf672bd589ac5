import { z } from 'zod';
import { deleteSecrets, insertSecret } from '@/db/queries/secrets';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import { DEFAULT_MODEL_SETTINGS, type ModelSettings } from '@/lib/domain/model-settings';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { sealSecret } from '../form/sealing-key';
import { changeSetting } from '../settings/change-setting';
import { seenVersion } from '../settings/inputs';
import { MODEL } from '../settings/settings';
import { modelTerms } from './model-terms';

export const changeModelInput = z.strictObject({
  version: seenVersion,
  ...modelTerms.shape,
  /** A new one, to be sealed; null: as `keepsKey` says. */
  key: z
    .string()
    .trim()
    .min(1, 'Write the key.')
    .max(4000)
    .regex(/^[\x21-\x7e]+$/, 'Printable ASCII without spaces.')
    .nullable(),
  keepsKey: z.boolean(),
});

/** Which model words answers from now on. Its key is sealed, and neither the log nor any answer holds it. */
export async function changeModel(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeModelInput>,
): Promise<ModelSettings> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version: seen, key, keepsKey, ...terms } = changeModelInput.parse(raw);
  const before = ctx.settings.model();
  if (terms.active && (terms.url === '' || terms.model === '')) {
    const field = terms.url === '' ? 'url' : 'model';
    throw new AppError('invalid', 'Give its address and its name first.', {
      fields: { [field]: 'Needed while it is in use.' },
    });
  }
  if (key === null && keepsKey && before.secretId !== null && originOf(terms.url) !== originOf(before.url)) {
    const message = 'The endpoint is elsewhere now: write the key again.';
    throw new AppError('invalid', message, { fields: { key: message } });
  }
  const made = key === null ? null : ctx.newId();
  if (made !== null && key !== null) {
    await insertSecret(ctx.db, await sealSecret(ctx, made, Buffer.from(key)), ctx.now());
  }
  const secretId = made ?? (keepsKey ? before.secretId : null);
  try {
    const after = await changeSetting(ctx, actor, {
      key: MODEL,
      kind: 'model.changed',
      name: 'the model',
      held: () => ctx.settings.model(),
      missing: DEFAULT_MODEL_SETTINGS.version,
      seen,
      wanted: (version) => ({ version, ...terms, secretId }),
    });
    if (before.secretId !== null && before.secretId !== secretId)
      await deleteSecrets(ctx.db, [before.secretId]);
    return after;
  } catch (error) {
    if (made !== null) await deleteSecrets(ctx.db, [made]);
    throw error;
  }
}

/** Which model words answers; its key is named, never shown. */
export function readModel(ctx: Context, actor: AgentActor): ModelSettings {
  authorise(actor, 'settings.read');
  return ctx.settings.model();
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
