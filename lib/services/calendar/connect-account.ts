import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readValues, signValues } from '@/lib/crypto/signed-values';
import type { AgentActor } from '@/lib/domain/actor';
import { ACCOUNT_KINDS, type AccountKind } from '@/lib/domain/connected-calendar';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError, notFound } from '../errors';
import { connectCalendar } from './connect';

const PURPOSE = 'calendar-account';
const HOLDS_MS = 10 * 60_000;
const HOSTS: Readonly<Record<AccountKind, string>> = {
  google: 'calendar.google.com',
  outlook: 'outlook.office.com',
};
const content = z.tuple([z.enum(ACCOUNT_KINDS), z.string(), z.number(), z.string()]);

/** Where the provider sends the account's owner back to; an operator registers it there. */
export function accountRedirect(ctx: Pick<Context, 'baseUrl'>): string {
  return `${ctx.baseUrl}/api/calendars/account/back`;
}

/** Where an agent is asked to let us into their account. What comes back is theirs alone, for ten minutes. */
export function beginAccount(ctx: Context, actor: AgentActor, kind: string): string {
  authorise(actor, 'calendar.connect');
  const account = ctx.calendars.accounts.find((each) => each === kind);
  if (account === undefined) throw notFound('kind of account');
  const values = [account, actor.id, ctx.now() + HOLDS_MS, randomBytes(12).toString('base64url')];
  const state = signValues(ctx.keys.link, PURPOSE, values);
  const redirectUri = accountRedirect(ctx);
  return ctx.calendars.consentUrl(account, { redirectUri, state, verifier: verifierOf(ctx, state) });
}

/** What the provider sent back: connects the account's main calendar of whoever asked for it. */
export async function connectAccount(
  ctx: Context,
  actor: AgentActor,
  { state, code }: { state: string; code: string | null },
): Promise<{ calendarId: string }> {
  authorise(actor, 'calendar.connect');
  const parsed = content.safeParse(readValues(ctx.keys.link, PURPOSE, state));
  if (!parsed.success || parsed.data[1] !== actor.id || parsed.data[2] < ctx.now()) {
    throw new AppError('invalid', 'This answer is not to a question of yours, or too old. Connect again.');
  }
  if (code === null) throw new AppError('invalid', 'The account did not let us in. Nothing was connected.');
  const [kind] = parsed.data;
  const redirectUri = accountRedirect(ctx);
  const grant = await ctx.calendars.grant(kind, { code, redirectUri, verifier: verifierOf(ctx, state) });
  if (grant.kind === 'failed') throw new AppError('invalid', grant.reason);
  return connectCalendar(ctx, actor, {
    name: grant.account.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 60),
    host: HOSTS[kind],
    timeZone: 'UTC',
    access: { kind, refreshToken: grant.refreshToken },
    field: 'account',
  });
}

const TROUBLE = 'calendar-trouble';

/** What went wrong on the way back, for the next page: in our own words or none. */
export function signTrouble(ctx: Context, message: string): string {
  return signValues(ctx.keys.link, TROUBLE, [message]);
}

export function readTrouble(ctx: Context, token: string): string | null {
  return z.tuple([z.string()]).safeParse(readValues(ctx.keys.link, TROUBLE, token)).data?.[0] ?? null;
}

/** Known to us alone, and another for each question, so that nothing need be kept meanwhile. */
function verifierOf(ctx: Context, state: string): string {
  return createHmac('sha256', ctx.keys.link).update(`${PURPOSE}.verifier.${state}`).digest('base64url');
}
