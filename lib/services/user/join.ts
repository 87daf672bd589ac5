import { z } from 'zod';
import { isUniqueViolation } from '@/db/errors';
import { commitSetting } from '@/db/queries/stream';
import { findInvitation } from '@/db/queries/users';
import { hashLinkToken } from '@/lib/crypto/link-token';
import { hashPassword } from '@/lib/crypto/password';
import type { Role } from '@/lib/domain/actor';
import { MAX_PASSWORD_LENGTH, passwordFault } from '@/lib/domain/password-rule';
import type { Context } from '../context';
import { AppError } from '../errors';
import { tellDirectoryChanged } from '../notices';

export const joinInput = z.strictObject({
  token: z.string().min(20).max(100),
  name: z.string().trim().min(1, 'Tell us your name.').max(120),
  email: z.email('That is not an e-mail address.').max(320),
  password: z.string().max(MAX_PASSWORD_LENGTH),
});

export interface Invitation {
  purpose: 'setup' | 'invite';
  email: string | null;
  role: Role;
}

/** What a link is good for; null when it is used, old or made up, which all answer alike. */
export async function readInvitation(ctx: Context, token: string): Promise<Invitation | null> {
  const found = await findInvitation(ctx.db, hashLinkToken(token), ctx.now());
  return found && { purpose: found.purpose, email: found.email, role: found.role };
}

/** Uses a link once, on POST: the account is made, its teams joined and the link spent in one statement. */
export async function join(
  ctx: Context,
  raw: z.input<typeof joinInput>,
): Promise<{ userId: string; email: string }> {
  const input = joinInput.parse(raw);
  const invitation = await findInvitation(ctx.db, hashLinkToken(input.token), ctx.now());
  if (invitation === null) throw spent();
  if (invitation.email !== null && invitation.email.toLowerCase() !== input.email.toLowerCase()) {
    throw new AppError('invalid', 'This invitation is for another address.', {
      fields: { email: 'Use the address that was invited.' },
    });
  }
  const fault = passwordFault(input.password, input.email);
  if (fault) throw new AppError('invalid', fault, { fields: { password: fault } });
  const userId = ctx.newId();
  const at = ctx.now();
  const passwordHash = await hashPassword(input.password);
  try {
    const joined = await commitSetting(
      ctx.db,
      ctx.keys.audit,
      {
        text: `update invitations set used_at = $8::timestamptz where id = $1::uuid and used_at is null returning id),
          account as (insert into users (id, email, name, role, password_hash, created_at)
            select $2::uuid, $3::text, $4::text, $5::text, $6::text, $8::timestamptz from written returning id),
          membership as (insert into team_members (team_id, user_id) select unnest($7::uuid[]), account.id from account returning 1`,
        parameters: [
          invitation.id,
          userId,
          input.email,
          input.name,
          invitation.role,
          passwordHash,
          invitation.teamIds,
          new Date(at),
        ],
      },
      {
        kind: 'user.joined',
        actor: { kind: 'agent', id: userId, name: input.name },
        payload: { userId, role: invitation.role, teamIds: invitation.teamIds, invitationId: invitation.id },
        at,
      },
    );
    if (!joined) throw spent();
  } catch (error) {
    if (!isUniqueViolation(error, 'users_email')) throw error;
    throw new AppError('conflict', 'Somebody has an account with this address.', {
      fields: { email: 'Sign in instead, or use another address.' },
    });
  }
  await tellDirectoryChanged(ctx);
  return { userId, email: input.email };
}

function spent(): AppError {
  return new AppError('not_found', 'This link was used or has expired. Ask for a new one.');
}
