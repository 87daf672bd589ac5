import { decode } from 'next-auth/jwt';
import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import type { Context } from '@/lib/services/context';
import { agentOfSession } from '@/lib/services/user/session';
import { sessionCookieName } from './cookie';

const sessionName = z.object({ sid: z.uuid() });

export interface SignedIn {
  actor: AgentActor;
  sessionId: string;
}

/** Who opens a socket, from the cookie header of its handshake. */
export async function agentOfHandshake(
  ctx: Context,
  cookieHeader: string | undefined,
): Promise<SignedIn | null> {
  const name = sessionCookieName(ctx.baseUrl);
  const pair = (cookieHeader ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair ? agentOfToken(ctx, pair.slice(name.length + 1)) : null;
}

/** Whom a session token speaks for now. The token is only a name for the session; whether it holds is asked every time. */
export async function agentOfToken(ctx: Context, token: string): Promise<SignedIn | null> {
  const sessionId = await sessionIdOf(ctx, token);
  const actor = sessionId && (await agentOfSession(ctx, sessionId));
  return sessionId && actor ? { actor, sessionId } : null;
}

async function sessionIdOf(ctx: Context, token: string): Promise<string | null> {
  try {
    const decoded = await decode({ token, secret: ctx.keys.session.toString('hex') });
    return sessionName.safeParse(decoded).data?.sid ?? null;
  } catch (error) {
    ctx.log.debug({ err: error }, 'a session cookie could not be read');
    return null;
  }
}
