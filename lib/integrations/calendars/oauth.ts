import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Consent, Grant } from '@/lib/services/calendar/calendars';
import type { Fetch } from '../http/guarded-fetch';
import { CalendarFault } from './answering';

/** An application that an operator registered with a provider, and where that provider is. */
export interface OAuthClient {
  clientId: string;
  clientSecret: string;
  consentUrl: string;
  tokenUrl: string;
  apiUrl: string;
  scope: string;
  /** Of the question that is put to the account's owner. */
  parameters: Readonly<Record<string, string>>;
}

const tokens = z.object({
  access_token: z.string(),
  expires_in: z.number(),
  refresh_token: z.string().optional(),
  id_token: z.string().optional(),
});
const claims = z.object({ email: z.string().optional(), preferred_username: z.string().optional() });
const EARLY_MS = 60_000;

/** Where an account's owner is asked to let us in. */
export function consentUrl(client: OAuthClient, { redirectUri, state, verifier }: Consent): string {
  const url = new URL(client.consentUrl);
  const query = {
    client_id: client.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: client.scope,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...client.parameters,
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** What the owner's answer is worth: a token that stays. */
export async function grantOf(
  fetch: Fetch,
  client: OAuthClient,
  { code, redirectUri, verifier }: Omit<Consent, 'state'> & { code: string },
): Promise<Grant> {
  const granted = await ask(fetch, client, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
  if (granted.refresh_token === undefined) {
    throw new CalendarFault('The account let us in for an hour alone. Connect it again.');
  }
  return {
    kind: 'granted',
    refreshToken: granted.refresh_token,
    account: accountOf(granted.id_token) ?? 'Calendar',
  };
}

/** Tokens for an hour, each used until shortly before it ends. */
export class AccessTokens {
  readonly #held = new Map<string, { token: string; until: number }>();

  constructor(
    readonly fetch: Fetch,
    readonly client: OAuthClient,
  ) {}

  async of(refreshToken: string, keep: (renewed: string) => Promise<void>): Promise<string> {
    const held = this.#held.get(refreshToken);
    if (held !== undefined && held.until > Date.now()) return held.token;
    const renewed = await ask(this.fetch, this.client, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const until = Date.now() + renewed.expires_in * 1000 - EARLY_MS;
    const after = renewed.refresh_token ?? refreshToken;
    this.#held.delete(refreshToken);
    this.#held.set(after, { token: renewed.access_token, until });
    if (after !== refreshToken) await keep(after);
    return renewed.access_token;
  }

  /** The provider takes it no more. */
  forget(refreshToken: string): void {
    this.#held.delete(refreshToken);
  }
}

async function ask(fetch: Fetch, client: OAuthClient, fields: Record<string, string>) {
  const { clientId, clientSecret, tokenUrl } = client;
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields }),
  });
  const said: unknown = await answer.json().catch(() => null);
  if (answer.ok) {
    const parsed = tokens.safeParse(said);
    if (parsed.success) return parsed.data;
  }
  const code = z.object({ error: z.string() }).safeParse(said).data?.error;
  if (code === 'invalid_grant') {
    throw new CalendarFault('The account does not let us in any more. Disconnect it, and connect it again.');
  }
  if (code === 'invalid_client' || code === 'unauthorized_client') {
    throw new CalendarFault(
      'The provider does not know this desk. An operator has to look at its client id.',
    );
  }
  throw new CalendarFault(`The provider answered with an error (${answer.status}).`);
}

/** Of a token that came from the provider itself over TLS, so that its signature says nothing more. */
function accountOf(idToken: string | undefined): string | null {
  const [, body = ''] = idToken?.split('.') ?? [];
  try {
    const { email, preferred_username } = claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    return email ?? preferred_username ?? null;
  } catch {
    return null;
  }
}

/** Asks an account's own interface, and tells refusals in words. Statuses in `expected` are answered as they are. */
export async function askAccount(
  tokens: AccessTokens,
  access: { refreshToken: string; keep: (renewed: string) => Promise<void> },
  path: string,
  {
    body,
    expected = [],
    ...init
  }: { method?: string; body?: object; headers?: Record<string, string>; expected?: number[] },
): Promise<{ status: number; body: unknown }> {
  const token = await tokens.of(access.refreshToken, access.keep);
  const answer = await tokens.fetch(new URL(path, tokens.client.apiUrl), {
    method: init.method ?? 'GET',
    headers: {
      ...init.headers,
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status === 401) tokens.forget(access.refreshToken);
  if (!answer.ok && !expected.includes(answer.status)) throw refusal(answer.status);
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

function refusal(status: number): CalendarFault {
  if (status === 401) return new CalendarFault('The account does not let us in just now.');
  if (status === 403) return new CalendarFault('The account does not allow this, or was asked too often.');
  if (status === 429) return new CalendarFault('The provider was asked too often.');
  return new CalendarFault(`The provider answered with an error (${status}).`);
}
