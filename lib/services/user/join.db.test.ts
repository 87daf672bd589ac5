import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { AppError } from '../errors';
import { expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { inviteUser, makeSetupLink } from './invite';
import { join, readInvitation } from './join';
import { agentOfSession, openAgentSession, SESSION_LIFE_MS, signIn, signOut } from './session';

let world: TestWorld;
let admin: AgentActor;
let addresses = 0;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Ada', 'admin', []);
});
afterAll(() => world.close());

const PASSWORD = 'otter under the birch';
const address = () => `new${++addresses}@larkfell.example`;
const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? '';
const invite = async (email: string) =>
  tokenOf((await inviteUser(world.ctx, admin, { email, role: 'agent', teamIds: [world.teams.orders] })).url);
const form = (token: string, email: string) => ({ token, name: ' Noa ', email, password: PASSWORD });
const settings = () =>
  world.ctx.db.query<{ kind: string; payload: object }>(
    'select kind, payload from stream_events order by seq',
  );

describe('an invitation', () => {
  it('makes one account with its role and teams, and both steps are in the settings’ log', async () => {
    const email = address();
    const token = await invite(email);
    expect(await readInvitation(world.ctx, token)).toEqual({ purpose: 'invite', email, role: 'agent' });
    const { userId } = await join(world.ctx, form(token, email.toUpperCase()));
    expect(await world.ctx.directory.findAgent(userId)).toMatchObject({
      name: 'Noa',
      role: 'agent',
      teamIds: [world.teams.orders],
    });
    const log = JSON.stringify((await settings()).slice(-2));
    expect(log).toMatch(/user\.invited.*user\.joined/);
    for (const secret of [token, PASSWORD, email]) expect(log).not.toContain(secret);
  });
  it('is good for one use', async () => {
    const email = address();
    const token = await invite(email);
    await join(world.ctx, form(token, email));
    expect(await readInvitation(world.ctx, token)).toBeNull();
    await expectRefused(world, 'not_found', () => join(world.ctx, form(token, email)));
  });
  it('is good for one use when it is used four times at once', async () => {
    const email = address();
    const token = await invite(email);
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => join(world.ctx, form(token, email))));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(AppError);
    }
    const log = (await settings()).filter((event) => event.kind === 'user.joined');
    const users = await world.ctx.db.query('select 1 from users where lower(email) = lower($1::text)', [
      email,
    ]);
    expect(users).toHaveLength(1);
    expect(log).toHaveLength(addresses);
  });
  it('is for the invited address alone', async () => {
    const token = await invite(address());
    const refusal = await expectRefused(world, 'invalid', () =>
      join(world.ctx, form(token, 'thief@evil.example')),
    );
    expect(refusal.fields).toHaveProperty('email');
  });
  it('cannot take an address that has an account', async () => {
    const email = address();
    await join(world.ctx, form(await invite(email), email));
    const again = await invite(email);
    await expectRefused(world, 'conflict', () => join(world.ctx, form(again, email)));
    expect(await readInvitation(world.ctx, again)).not.toBeNull();
  });
  it('ends after a week, and a made-up one answers alike', async () => {
    const email = address();
    const token = await invite(email);
    world.clock.now += 7 * 24 * 3_600_000;
    const old = await expectRefused(world, 'not_found', () => join(world.ctx, form(token, email)));
    expect(
      await expectRefused(world, 'not_found', () => join(world.ctx, form('x'.repeat(43), email))),
    ).toEqual(old);
  });
  it.each([
    ['a short password', { password: 'short' }],
    ['a common password', { password: 'password123' }],
    ['the address for a password', { password: 'weak@larkfell.example', email: 'weak@larkfell.example' }],
    ['no name', { name: '  ' }],
    ['an address that is none', { email: 'nobody' }],
    ['a role of one’s own choice', { role: 'admin' }],
    ['no token', { token: '' }],
  ])('is not spent by a form with %s', async (_, wrong) => {
    const token = await invite('weak@larkfell.example');
    await expectRefused(world, 'invalid', () =>
      join(world.ctx, { ...form(token, 'weak@larkfell.example'), ...wrong } as never),
    );
    expect(await readInvitation(world.ctx, token)).not.toBeNull();
  });
  it('is written by admins alone, for teams that are there', async () => {
    const input = { email: address(), role: 'admin' as const, teamIds: [] };
    const supervisor = await world.agent('Sue', 'supervisor');
    for (const actor of [world.ana, supervisor]) {
      await expectRefused(world, 'forbidden', () => inviteUser(world.ctx, actor, input));
    }
    await expectRefused(world, 'invalid', () =>
      inviteUser(world.ctx, admin, { ...input, teamIds: [world.ctx.newId()] }),
    );
    await expectRefused(world, 'invalid', () =>
      inviteUser(world.ctx, admin, { ...input, surplus: 1 } as never),
    );
  });
});

describe('the set-up link', () => {
  it('makes the first admin, of any address, and is made no more once one can sign in', async () => {
    const fresh = await openTestWorld();
    const link = await makeSetupLink(fresh.ctx);
    const token = tokenOf(link?.url ?? '');
    const { userId } = await join(fresh.ctx, form(token, 'first@larkfell.example'));
    expect(await fresh.ctx.directory.findAgent(userId)).toMatchObject({ role: 'admin' });
    expect(await makeSetupLink(fresh.ctx)).toBeNull();
    await expectRefused(fresh, 'not_found', () => join(fresh.ctx, form(token, 'second@larkfell.example')));
    await fresh.close();
  });
});

describe('signing in', () => {
  it('takes the right password and no other, and says no more than that', async () => {
    const email = address();
    const { userId } = await join(world.ctx, form(await invite(email), email));
    const signedIn = await signIn(world.ctx, { email: email.toUpperCase(), password: PASSWORD });
    expect(signedIn).toMatchObject({ userId, email });
    expect(await agentOfSession(world.ctx, signedIn?.sessionId ?? '')).toMatchObject({
      id: userId,
      role: 'agent',
    });
    for (const wrong of [
      { email, password: `${PASSWORD} ` },
      { email, password: '' },
      { email: 'nobody@larkfell.example', password: PASSWORD },
      { email: `${email}' or '1'='1`, password: PASSWORD },
      { email: 'person1@larkfell.example', password: '' },
    ]) {
      expect(await signIn(world.ctx, wrong)).toBeNull();
    }
  });
  it('holds until signed out, until it ends, and until the account is closed', async () => {
    const gone = await openAgentSession(world.ctx, world.ana.id);
    const stays = await openAgentSession(world.ctx, world.ana.id);
    await signOut(world.ctx, gone);
    expect(await agentOfSession(world.ctx, gone)).toBeNull();
    expect(await agentOfSession(world.ctx, stays)).toEqual(world.ana);
    world.clock.now += SESSION_LIFE_MS - 1;
    expect(await agentOfSession(world.ctx, stays)).not.toBeNull();
    world.clock.now += 1;
    expect(await agentOfSession(world.ctx, stays)).toBeNull();
    const last = await openAgentSession(world.ctx, world.ben.id);
    await world.ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [world.ben.id]);
    expect(await agentOfSession(world.ctx, last)).toBeNull();
  });
});
