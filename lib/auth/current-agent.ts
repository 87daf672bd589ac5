import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { AgentActor } from '@/lib/domain/actor';
import { signInPath } from '@/lib/domain/desk-path';
import { AppError } from '@/lib/services/errors';
import { context } from '@/lib/services/runtime';
import { ASKED_PATH } from './asked-path';
import { sessionCookieName } from './cookie';
import { agentOfToken } from './handshake';

/** Who asks for this page or route: null when nobody is signed in, or no longer. */
export async function currentAgent(): Promise<AgentActor | null> {
  const ctx = context();
  const cookie = (await cookies()).get(sessionCookieName(ctx.baseUrl));
  return cookie ? ((await agentOfToken(ctx, cookie.value))?.actor ?? null) : null;
}

/** The same for a page of the desk: whoever is not signed in does so first and then stands where they wanted to. */
export async function deskAgent(): Promise<AgentActor> {
  return (await currentAgent()) ?? redirect(signInPath((await headers()).get(ASKED_PATH)));
}

/** The same for a route that is nobody else's. */
export async function signedInAgent(): Promise<AgentActor> {
  const agent = await currentAgent();
  if (agent === null) throw new AppError('unauthenticated', 'Sign in first.');
  return agent;
}
