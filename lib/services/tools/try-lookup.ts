import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { isArgument } from '@/lib/domain/lookup';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { refuseStrangeSecrets } from './change-lookup';
import { writtenLookup } from './lookup-terms';
import { type LookupResult, runLookup } from './run-lookup';

export const tryLookupInput = z.strictObject({
  lookupId: id,
  terms: writtenLookup,
  values: z.record(z.string().max(40), z.string().max(200)),
});

/** A look-up as it stands in the editor, asked for real. Nothing is kept, and nothing of the answer but what the bot would say is shown. */
export async function tryLookup(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof tryLookupInput>,
): Promise<LookupResult> {
  authorise(actor, 'settings.change');
  const { lookupId, terms, values } = tryLookupInput.parse(raw);
  refuseStrangeSecrets(ctx, lookupId, terms);
  const given: Record<string, string> = {};
  for (const argument of terms.arguments) {
    const value = values[argument.id]?.trim() ?? '';
    if (value === '' || (argument.kind !== 'identity' && !isArgument(argument, value))) {
      const message = `${argument.label}: write one that fits its pattern.`;
      throw new AppError('invalid', message, { fields: { [`values.${argument.id}`]: message } });
    }
    given[argument.id] = value;
  }
  return runLookup(ctx, terms, given);
}
