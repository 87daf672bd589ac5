import { findUserByEmail, findUserOfSession, insertSession, revokeSession } from '@/db/queries/users';
import { verifyPassword } from '@/lib/crypto/password';
import type { AgentActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { tellSessionEnded } from '../notices';

export const SESSION_LIFE_MS = 30 * 24 * 60 * 60_000;

/** Checks a password and opens a session. Null for any mismatch; an unknown address takes as long as a wrong password. */
export async function signIn(
  ctx: Context,
  credentials: { email: string; password: string },
): Promise<{ sessionId: string; userId: string; name: string; email: string } | null> {
  const user = await findUserByEmail(ctx.db, credentials.email);
  const matches = await verifyPassword(user?.passwordHash ?? null, credentials.password);
  if (!user || user.passwordHash === null || !matches) return null;
  const sessionId = await openAgentSession(ctx, user.id);
  return { sessionId, userId: user.id, name: user.name, email: user.email };
}

export async function openAgentSession(ctx: Context, userId: string): Promise<string> {
  const sessionId = ctx.newId();
  const at = ctx.now();
  await insertSession(ctx.db, { id: sessionId, userId, at, expiresAt: at + SESSION_LIFE_MS });
  return sessionId;
}

/** Ends a session here and everywhere: its sockets too. */
export async function signOut(ctx: Context, sessionId: string): Promise<void> {
  await revokeSession(ctx.db, sessionId, ctx.now());
  await tellSessionEnded(ctx, sessionId);
}

/** Who a session speaks for now, looked up afresh; null when it was revoked, has ended, or the account is closed. */
export async function agentOfSession(ctx: Context, sessionId: string): Promise<AgentActor | null> {
  const user = await findUserOfSession(ctx.db, sessionId, ctx.now());
  return user && { kind: 'agent', id: user.id, name: user.name, role: user.role, teamIds: user.teamIds };
}
