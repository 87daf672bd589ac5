import type { Role } from '@/lib/domain/actor';
import type { Database } from '../client';

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  teamIds: string[];
}

interface Columns {
  id: string;
  email: string;
  name: string;
  role: Role;
  password_hash: string | null;
  team_ids: string[];
}

const SELECT = `select u.id, u.email, u.name, u.role, u.password_hash,
  array(select team_id from team_members where user_id = u.id) as team_ids from users u`;

const userOf = (row: Columns | undefined): UserRow | null =>
  row
    ? {
        id: row.id,
        email: row.email,
        name: row.name,
        role: row.role,
        passwordHash: row.password_hash,
        teamIds: row.team_ids,
      }
    : null;

export async function findUserByEmail(db: Database, email: string): Promise<UserRow | null> {
  const [row] = await db.query<Columns>(
    `${SELECT} where lower(u.email) = lower($1::text) and u.disabled_at is null`,
    [email],
  );
  return userOf(row);
}

/** The person behind a session that is neither revoked nor over nor of a closed account. */
export async function findUserOfSession(
  db: Database,
  sessionId: string,
  now: number,
): Promise<UserRow | null> {
  const [row] = await db.query<Columns>(
    `${SELECT} join sessions s on s.user_id = u.id
     where s.id = $1::uuid and s.revoked_at is null and s.expires_at > $2::timestamptz and u.disabled_at is null`,
    [sessionId, new Date(now)],
  );
  return userOf(row);
}

export async function insertSession(
  db: Database,
  session: { id: string; userId: string; at: number; expiresAt: number },
): Promise<void> {
  await db.query(
    'insert into sessions (id, user_id, created_at, expires_at) values ($1::uuid, $2::uuid, $3::timestamptz, $4::timestamptz)',
    [session.id, session.userId, new Date(session.at), new Date(session.expiresAt)],
  );
}

export async function revokeSession(db: Database, sessionId: string, at: number): Promise<void> {
  await db.query(
    'update sessions set revoked_at = $2::timestamptz where id = $1::uuid and revoked_at is null',
    [sessionId, new Date(at)],
  );
}

export async function hasAdminWithPassword(db: Database): Promise<boolean> {
  const [row] = await db.query<{ found: boolean }>(
    `select exists (select 1 from users where role = 'admin' and password_hash is not null and disabled_at is null) as found`,
  );
  return row?.found ?? false;
}

export interface InvitationRow {
  id: string;
  purpose: 'setup' | 'invite';
  email: string | null;
  role: Role;
  teamIds: string[];
}

/** An invitation that can still be used. */
export async function findInvitation(
  db: Database,
  tokenHash: string,
  now: number,
): Promise<InvitationRow | null> {
  const [row] = await db.query<{
    id: string;
    purpose: 'setup' | 'invite';
    email: string | null;
    role: Role;
    team_ids: string[];
  }>(
    `select id, purpose, email, role, team_ids from invitations
     where token_hash = $1::text and used_at is null and expires_at > $2::timestamptz`,
    [tokenHash, new Date(now)],
  );
  return row
    ? { id: row.id, purpose: row.purpose, email: row.email, role: row.role, teamIds: row.team_ids }
    : null;
}
