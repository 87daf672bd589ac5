import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { Role } from '@/lib/domain/actor';
import { type AgentStatus, DEFAULT_CAPACITY } from '@/lib/domain/presence';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import { instant } from './columns';

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role').$type<Role>().notNull(),
    passwordHash: text('password_hash'),
    createdAt: instant('created_at').notNull(),
    disabledAt: instant('disabled_at'),
    /** An admin who has put the first steps away. */
    firstStepsDismissedAt: instant('first_steps_dismissed_at'),
    /** How many conversations at a time, and how many they have; the latter is kept by `db/commit.ts`. */
    capacity: integer('capacity').notNull().default(DEFAULT_CAPACITY),
    load: integer('load').notNull().default(0),
    /** What the agent says of themself; it wins over what is observed. */
    status: text('status').$type<AgentStatus>().notNull().default('available'),
    /** Until when some server has promised to hear them; null when they were never there. */
    connectedUntil: instant('connected_until'),
    /** The last input in any of their tabs, as far as one of them said. */
    activeAt: instant('active_at'),
    /** What routing knows of them: skills with levels, languages by their tags. */
    skills: jsonb('skills').$type<Record<string, SkillLevel>>().notNull().default({}),
    languages: text('languages').array().notNull().default([]),
    /** When they were last given something or something ended; kept by `db/commit.ts`. */
    idleSince: instant('idle_since'),
    lastPushedAt: instant('last_pushed_at'),
  },
  (table) => [uniqueIndex('users_email').on(sql`lower(${table.email})`)],
);

/** A signed-in browser. Its row is looked at on every request, so that a sign-out or a disabled account holds at once. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

/** One-time links: the set-up of the first admin, and invitations. Only the hash of the token is kept. */
export const invitations = pgTable('invitations', {
  id: uuid('id').primaryKey(),
  tokenHash: text('token_hash').notNull().unique(),
  purpose: text('purpose').$type<'setup' | 'invite'>().notNull(),
  email: text('email'),
  role: text('role').$type<Role>().notNull(),
  teamIds: uuid('team_ids').array().notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

export const teams = pgTable('teams', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull().unique(),
  position: integer('position').notNull(),
  createdAt: instant('created_at').notNull(),
});

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.userId] }),
    index('team_members_user').on(table.userId),
  ],
);
