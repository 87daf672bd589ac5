import { z } from 'zod';
import { deleteSecrets, insertSecret } from '@/db/queries/secrets';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import type { Lookup, LookupHeader, LookupTerms } from '@/lib/domain/lookup';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { sealSecret } from '../form/sealing-key';
import { id } from '../message/inputs';
import { changeSetting } from '../settings/change-setting';
import { seenVersion } from '../settings/inputs';
import { lookupKey } from '../settings/settings';
import { writtenLookup } from './lookup-terms';

export const changeLookupInput = z.strictObject({ lookupId: id, version: seenVersion, terms: writtenLookup });

/** Makes or changes a look-up. Its secrets are sealed, and neither the log nor any answer holds them. */
export async function changeLookup(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeLookupInput>,
): Promise<Lookup> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { lookupId, version: seen, terms } = changeLookupInput.parse(raw);
  refuseStrangeSecrets(ctx, lookupId, terms);
  const made: string[] = [];
  const headers: LookupHeader[] = [];
  for (const header of terms.headers) {
    if (!('secret' in header)) headers.push(header);
    else {
      const secretId = ctx.newId();
      await insertSecret(ctx.db, await sealSecret(ctx, secretId, Buffer.from(header.secret)), ctx.now());
      made.push(secretId);
      headers.push({ name: header.name, secretId });
    }
  }
  const before = secretsOf(ctx.settings.lookup(lookupId));
  try {
    const { version } = await changeSetting(ctx, actor, {
      key: lookupKey(lookupId),
      kind: 'lookup.changed',
      about: { lookupId },
      name: 'the look-up',
      held: () => ({
        version: ctx.settings.lookup(lookupId)?.version ?? 0,
        terms: termsOf(ctx.settings.lookup(lookupId)),
      }),
      missing: 0,
      seen,
      wanted: (next) => ({ version: next, terms: { ...terms, headers } }),
    });
    const kept = secretsOf({ headers });
    await deleteSecrets(
      ctx.db,
      before.filter((secretId) => !kept.includes(secretId)),
    );
    return { id: lookupId, version, ...terms, headers };
  } catch (error) {
    await deleteSecrets(ctx.db, made);
    throw error;
  }
}

/** Every look-up, those out of use among them. */
export function readLookups(ctx: Context, actor: AgentActor): readonly Lookup[] {
  authorise(actor, 'settings.read');
  return ctx.settings.lookups();
}

/** A secret goes where it was given for, and nowhere else. */
export function refuseStrangeSecrets(
  ctx: Context,
  lookupId: string,
  terms: z.output<typeof writtenLookup>,
): void {
  const saved = ctx.settings.lookup(lookupId);
  const own = secretsOf(saved);
  const isElsewhere = saved !== undefined && originOf(saved.url) !== originOf(terms.url);
  for (const [place, header] of terms.headers.entries()) {
    if (!('secretId' in header)) continue;
    if (own.includes(header.secretId) && !isElsewhere) continue;
    const message = 'The call goes elsewhere now: write the secret again.';
    throw new AppError('invalid', message, { fields: { [`terms.headers.${place}.secret`]: message } });
  }
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function secretsOf(lookup: Pick<LookupTerms, 'headers'> | undefined): string[] {
  return (lookup?.headers ?? []).flatMap((header) => ('secretId' in header ? [header.secretId] : []));
}

function termsOf(lookup: Lookup | undefined): LookupTerms | null {
  if (lookup === undefined) return null;
  const { id: _, version: __, ...terms } = lookup;
  return terms;
}
