import { cookies } from 'next/headers';
import type { AgentActor } from '@/lib/domain/actor';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';
import { sessionCookieName } from './cookie';
import { agentOfToken } from './handshake';

/** Who asks for this page or route: null when nobody is signed in, or no longer. */
export async function currentAgent(): Promise<AgentActor | null> {
  const ctx = context();
  const cookie = (await cookies()).get(sessionCookieName(ctx.baseUrl));
  return cookie ? ((await agentOfToken(ctx, cookie.value))?.actor ?? null) : null;
}

/** The same for a route that is nobody else's. */
export async function signedInAgent(): Promise<AgentActor> {
  const agent = await currentAgent();
  if (agent === null) throw new AppError('unauthenticated', 'Sign in first.');
  return agent;
}
