import { z } from 'zod';
import { commitSetting } from '@/db/queries/stream';
import { hasAdminWithPassword } from '@/db/queries/users';
import { newLinkToken } from '@/lib/crypto/link-token';
import { type Actor, loggedActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';

const LIFE_MS = { setup: 24 * 60 * 60_000, invite: 7 * 24 * 60 * 60_000 };

export const inviteInput = z.strictObject({
  email: z.email('must be an e-mail address').max(320),
  role: z.enum(['agent', 'supervisor', 'admin']),
  teamIds: z.array(id).max(50),
});

/** A link for one new colleague, good for a week and for one use. */
export async function inviteUser(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof inviteInput>,
): Promise<{ url: string; expiresAt: number }> {
  if (actor.kind === 'agent') authorise(actor, 'user.invite');
  const input = inviteInput.parse(raw);
  const unknown = input.teamIds.find((teamId) => ctx.directory.team(teamId) === undefined);
  if (unknown)
    throw new AppError('invalid', 'One of the teams does not exist.', { fields: { teamIds: unknown } });
  return writeInvitation(ctx, actor, { ...input, purpose: 'invite' });
}

/** The first admin's link. Refused once an admin can sign in: from then on admins invite. */
export async function makeSetupLink(ctx: Context): Promise<{ url: string; expiresAt: number } | null> {
  if (await hasAdminWithPassword(ctx.db)) return null;
  const teamIds = ctx.directory.teams().map((team) => team.id);
  return writeInvitation(
    ctx,
    { kind: 'system', job: 'setup-link' },
    { email: null, role: 'admin', teamIds, purpose: 'setup' },
  );
}

async function writeInvitation(
  ctx: Context,
  actor: Actor,
  invitation: {
    email: string | null;
    role: z.output<typeof inviteInput>['role'];
    teamIds: string[];
    purpose: 'setup' | 'invite';
  },
) {
  const { token, hash } = newLinkToken();
  const at = ctx.now();
  const expiresAt = at + LIFE_MS[invitation.purpose];
  const invitationId = ctx.newId();
  await commitSetting(
    ctx.db,
    ctx.keys.audit,
    {
      text: `insert into invitations (id, token_hash, purpose, email, role, team_ids, created_at, expires_at)
        values ($1::uuid, $2::text, $3::text, $4::text, $5::text, $6::uuid[], $7::timestamptz, $8::timestamptz) returning id`,
      parameters: [
        invitationId,
        hash,
        invitation.purpose,
        invitation.email,
        invitation.role,
        invitation.teamIds,
        new Date(at),
        new Date(expiresAt),
      ],
    },
    {
      kind: 'user.invited',
      actor: loggedActor(actor),
      payload: {
        invitationId,
        role: invitation.role,
        teamIds: invitation.teamIds,
        purpose: invitation.purpose,
      },
      at,
    },
  );
  return { url: `${ctx.baseUrl}/join?token=${token}`, expiresAt };
}
