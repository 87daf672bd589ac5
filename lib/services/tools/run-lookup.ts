import { findSecret } from '@/db/queries/secrets';
import {
  filledIn,
  type LookupFault,
  type LookupHeader,
  type LookupTerms,
  lookupAnswer,
  lookupRequest,
  MAX_LOOKUP_BYTES,
} from '@/lib/domain/lookup';
import { OutboundError } from '@/lib/domain/outbound-error';
import type { Context } from '../context';
import { unsealSecret } from '../form/sealing-key';

export type LookupResult =
  | { kind: 'answered'; text: string; status: number }
  | { kind: 'not_found'; text: string; status: number }
  | { kind: 'failed'; fault: LookupFault; status: number | null };

/** A header as it is kept, or with a secret that is tried before it is saved. */
type AnyHeader = LookupHeader | { name: string; secret: string };

/** Asks what an admin described. Never throws for what the other side does; nothing of it is logged but how it ended. */
export async function runLookup(
  ctx: Context,
  terms: Omit<LookupTerms, 'headers'> & { headers: readonly AnyHeader[] },
  values: Readonly<Record<string, string>>,
): Promise<LookupResult> {
  const { url, body } = lookupRequest(terms, values);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== null) headers['content-type'] = 'application/json';
  for (const header of terms.headers) headers[header.name.toLowerCase()] = await headerValue(ctx, header);
  try {
    const { method, timeoutMs } = terms;
    const call = { method, url, headers, body, timeoutMs, maxBytes: MAX_LOOKUP_BYTES };
    const { status, body: answered } = await ctx.outbound.request(call);
    if (status === 404) return { kind: 'not_found', text: filledIn(terms.notFound, values), status };
    if (status < 200 || status > 299) return { kind: 'failed', fault: 'status', status };
    const text = lookupAnswer(terms, values, answered);
    if (text === null) return { kind: 'failed', fault: 'malformed', status };
    return { kind: 'answered', text, status };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    return { kind: 'failed', fault: error.fault, status: null };
  }
}

async function headerValue(ctx: Context, header: AnyHeader): Promise<string> {
  if ('value' in header) return header.value;
  if ('secret' in header) return header.secret;
  const sealed = await findSecret(ctx.db, header.secretId);
  if (sealed === null) throw new Error(`Secret ${header.secretId} is gone`);
  return (await unsealSecret(ctx, sealed)).toString();
}
