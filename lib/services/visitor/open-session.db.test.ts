import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityClaims, signIdentity } from '@/lib/crypto/identity';
import { seal } from '@/lib/crypto/sealed';
import { signVisitorToken } from '@/lib/crypto/visitor-token';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, expectRefused, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { admitVisitor, openSession, visitorEventsSince } from './open-session';

const SECRET = Buffer.alloc(32, 7);
let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const identity = (over: Partial<IdentityClaims> = {}) =>
  signIdentity(SECRET, { sub: 'c-1', exp: world.clock.now / 1000 + 600, name: 'Cy Marsh', ...over });
const admit = (handshake: { token?: string; identity?: string; widget?: string }) =>
  admitVisitor(world.ctx, { widget: 'shop', ...handshake });

describe('who a visitor is', () => {
  it('a new one without a token, and the same one again with the token of the session', async () => {
    const first = await admit({});
    const { token } = await openSession(world.ctx, first);
    expect(await admit({ token })).toEqual(first);
    expect((await admit({})).id).not.toBe(first.id);
  });
  it('comes back to the conversation, and to nothing of anybody else', async () => {
    const { visitor, conversationId } = await world.conversation('pending');
    world.clock.now += 1000;
    await world.conversation('pending');
    const session = await openSession(world.ctx, visitor);
    expect(session.conversation?.conversationId).toBe(conversationId);
    expect(session.position).toEqual({ position: 1, exact: true, wait: null });
    expect((await openSession(world.ctx, await admit({}))).conversation).toBeNull();
    expect(await visitorEventsSince(world.ctx, await admit({}), 0, 100)).toEqual({ events: [], more: false });
  });
  it('a token that is foreign, old, or of another widget is refused and makes no visitor', async () => {
    const { id: visitorId } = await admit({});
    const widgetId = world.ctx.newId();
    await world.ctx.db.query(
      `insert into widgets select $1::uuid, 'second', shop_name, bot_name, currency, locale, allowed_origins, theme, texts, suggestions, team_id, $2::bytea, created_at from widgets`,
      [widgetId, seal(world.ctx.keys.rest, `widget:${widgetId}`, Buffer.alloc(32, 9))],
    );
    await world.ctx.directory.refresh();
    const sign = (over: object, key = world.ctx.keys.visitor) =>
      signVisitorToken(key, { visitorId, widgetId: world.widgetId, issuedAt: world.clock.now, ...over });
    for (const token of [
      sign({}, world.ctx.keys.link),
      sign({ issuedAt: world.clock.now - 25 * 3_600_000 }),
      sign({ widgetId }),
      sign({ visitorId: world.ctx.newId() }),
    ]) {
      await expectRefused(world, 'unauthenticated', () => admit({ token }));
    }
    await expectRefused(world, 'unauthenticated', () => admit({ token: sign({}), widget: 'second' }));
    await expectRefused(world, 'unauthenticated', () => admit({ widget: 'second', identity: identity() }));
    expect(await admit({ token: sign({}) })).toMatchObject({ id: visitorId });
  });
});

describe('whom the site has signed for', () => {
  it('is known by name, and so is the conversation from before', async () => {
    const { visitor, conversationId } = await world.conversation('bot');
    const { token } = await openSession(world.ctx, visitor);
    const known = await admit({ token, identity: identity() });
    expect(known.id).toBe(visitor.id);
    expect((await openSession(world.ctx, known)).name).toBe('Cy Marsh');
    const { customer_id: customerId } = await headOf(world, conversationId);
    expect(customerId).not.toBeNull();
    expect((await logOf(world, conversationId)).at(-1)).toEqual({
      seq: expect.any(Number),
      visible: null,
      kind: 'conversation.identified',
      actor: { kind: 'visitor', id: visitor.id },
      payload: { customerId, verified: true },
    });
  });
  it('is said once in the log, also by two tabs at the same time and whoever comes back', async () => {
    const { visitor, conversationId } = await world.conversation('active');
    const handshake = world.signedIn(visitor, 'c-5');
    await Promise.all([1, 2, 3].map(() => admitVisitor(world.ctx, handshake)));
    const said = (await logOf(world, conversationId)).filter(
      ({ kind }) => kind === 'conversation.identified',
    );
    expect(said).toHaveLength(1);
    await expectNoChange(world, () => admitVisitor(world.ctx, handshake));
    await expectNoChange(world, () => admit({ token: handshake.token }));
  });
  it('takes the conversation along that was begun in the same moment, or was left out by a crash', async () => {
    const { visitor, conversationId } = await world.conversation('bot');
    const { token, identity } = world.signedIn(visitor, 'c-6');
    await admit({ identity });
    const [customer] = await world.ctx.db.query<{ id: string }>(
      `select id from customers where external_id = 'c-6'`,
    );
    await world.ctx.db.query('update visitors set customer_id = $2::uuid where id = $1::uuid', [
      visitor.id,
      customer?.id,
    ]);
    await admit({ token });
    expect((await headOf(world, conversationId)).customer_id).toBe(customer?.id);
  });
  it('before the first word, is no event: the talk starts as theirs', async () => {
    const visitor = await world.visitor();
    const known = await admitVisitor(world.ctx, world.signedIn(visitor, 'c-7'));
    expect(known.id).toBe(visitor.id);
    await sendAsVisitor(world.ctx, known, { clientId: world.nextClientId(), body: 'Hello' });
    const conversationId = (await openSession(world.ctx, known)).conversation?.conversationId ?? '';
    expect((await headOf(world, conversationId)).customer_id).not.toBeNull();
    expect((await logOf(world, conversationId)).map(({ kind }) => kind)).toEqual([
      'conversation.started',
      'message.sent',
    ]);
  });
  it('is one of two when two are signed for at once in one browser', async () => {
    const { visitor, conversationId } = await world.conversation('bot');
    const [one, other] = await Promise.all(
      ['c-8', 'c-9'].map((sub) => admitVisitor(world.ctx, world.signedIn(visitor, sub))),
    );
    expect([one?.id, other?.id].filter((id) => id === visitor.id)).toHaveLength(1);
    const kinds = (await logOf(world, conversationId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'conversation.identified')).toHaveLength(1);
  });
  it('is one customer in two browsers, each with its own conversation', async () => {
    const [one, other] = [
      await admit({ identity: identity({ sub: 'c-2' }) }),
      await admit({ identity: identity({ sub: 'c-2' }) }),
    ];
    expect(one.id).not.toBe(other.id);
    await sendAsVisitor(world.ctx, one, { clientId: world.nextClientId(), body: 'From the phone' });
    expect((await openSession(world.ctx, other)).conversation).toBeNull();
    const customers = await world.ctx.db.query(`select 1 from customers where external_id = 'c-2'`);
    expect(customers).toHaveLength(1);
  });
  it('never sees what another customer said in the same browser', async () => {
    const first = await admit({ identity: identity({ sub: 'c-3' }) });
    await sendAsVisitor(world.ctx, first, { clientId: world.nextClientId(), body: 'canary-private' });
    const { token } = await openSession(world.ctx, first);
    const second = await admit({ token, identity: identity({ sub: 'c-4', name: 'Di Vale' }) });
    expect(second.id).not.toBe(first.id);
    expect(JSON.stringify(await openSession(world.ctx, second))).not.toContain('canary-private');
  });
  it('is refused with a word that is not the site’s, and nothing is written', async () => {
    for (const bad of [
      '',
      signIdentity(Buffer.alloc(32, 8), { sub: 'c-1', exp: world.clock.now / 1000 + 600 }),
      identity({ exp: world.clock.now / 1000 - 1 }),
      identity({ exp: world.clock.now / 1000 + 90_000 }),
    ]) {
      await expectRefused(world, 'unauthenticated', () => admit({ identity: bad }));
    }
  });
});
