import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const claims = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number().int(),
  name: z.string().min(1).max(200).optional(),
  email: z.email().max(320).optional(),
  attributes: z.record(z.string().max(60), z.string().max(500)).optional(),
});
export type IdentityClaims = z.output<typeof claims>;

const MAX_LIFE_S = 24 * 60 * 60;

/**
 * The site's word on who its customer is: a JWT signed HS256 with the widget's secret, at most a day long. Null for any
 * other algorithm, a wrong signature, an old or an endless token.
 */
export function verifyIdentity(secret: Buffer, token: string, nowMs: number): IdentityClaims | null {
  const [head, body, signature, ...rest] = token.split('.');
  if (!head || !body || !signature || rest.length > 0) return null;
  const given = Buffer.from(signature, 'base64url');
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (z.object({ alg: z.literal('HS256') }).safeParse(decode(head)).success === false) return null;
  const parsed = claims.safeParse(decode(body));
  const now = nowMs / 1000;
  if (!parsed.success || parsed.data.exp < now || parsed.data.exp > now + MAX_LIFE_S) return null;
  return parsed.data;
}

/** What a site's server does; used by the demo shop and by tests. */
export function signIdentity(secret: Buffer, identity: IdentityClaims): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(identity)}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
}

/** The signature was checked before, so that a part that is no JSON was signed as such: it is refused like any other. */
function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
