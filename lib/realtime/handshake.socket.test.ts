import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveKeys } from '@/lib/crypto/keys';
import { signVisitorToken } from '@/lib/crypto/visitor-token';
import { PROTOCOL_VERSION } from '@/lib/protocol';
import { footprint } from '@/lib/services/test-ledger';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { SESSION_LIFE_MS, signOut } from '@/lib/services/user/session';
import { allowSite } from '@/lib/services/widget/allow-site';
import { connect, cookieOf, type Handshake, type ServedWorld, serveWorld, tokenOf } from './testing';

let world: TestWorld;
let served: ServedWorld;
beforeAll(async () => {
  world = await openTestWorld();
  served = await serveWorld(world);
});
afterAll(async () => {
  await served.close();
  await world.close();
});

async function refusalOf(handshake: Handshake): Promise<{ message: string; code: string | null }> {
  const before = await footprint(world);
  const refused = await connect(served, handshake).then(
    (client) => {
      client.close();
      throw new Error('The connection was taken');
    },
    (error: Error & { data?: { code: string } }) => error,
  );
  if (refused.message === 'The connection was taken') throw refused;
  expect(await footprint(world)).toBe(before);
  return { message: refused.message, code: refused.data?.code ?? null };
}

const agent = (cookie: string | null, auth: object = { protocol: PROTOCOL_VERSION }): Handshake => ({
  namespace: '/agent',
  auth,
  ...(cookie === null ? {} : { headers: { cookie } }),
});
const visitor = (auth: object): Handshake => ({
  namespace: '/visitor',
  auth: { protocol: PROTOCOL_VERSION, widget: 'shop', ...auth },
});

describe('an agent’s connection is refused', () => {
  const sealed = (claims: object, secret = world.ctx.keys.session.toString('hex')) =>
    encode({ token: { ...claims }, secret }).then((token) => `baton.session=${token}`);

  it('without a cookie, and with one that is none of ours', async () => {
    const { sessionId } = await cookieOf(world, world.ana);
    for (const cookie of [
      null,
      '',
      'other=1',
      'baton.session=',
      'baton.session=nonsense',
      'baton.session=%',
      'baton.session=%E0%A4%A',
      `baton.session=${sessionId}`,
      await sealed({}),
      await sealed({ sid: world.ctx.newId() }),
      await sealed({ sid: 'not an id' }),
      await sealed({ sid: { $ne: null } }),
      await sealed({ sid: sessionId }, deriveKeys('5f'.repeat(32)).session.toString('hex')),
    ]) {
      expect((await refusalOf(agent(cookie))).code, String(cookie)).toBe('unauthenticated');
    }
  });

  it('with a session that was signed out, has ended, or of an account that is closed', async () => {
    const left = await cookieOf(world, world.ana);
    await signOut(served.ctx, left.sessionId);
    expect((await refusalOf(agent(left.cookie))).code).toBe('unauthenticated');

    const old = await cookieOf(world, world.ana);
    world.clock.now += SESSION_LIFE_MS;
    expect((await refusalOf(agent(old.cookie))).code).toBe('unauthenticated');
    world.clock.now -= SESSION_LIFE_MS;

    const closed = await world.agent('Closed');
    const { cookie } = await cookieOf(world, closed);
    await world.ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [closed.id]);
    expect((await refusalOf(agent(cookie))).code).toBe('unauthenticated');
  });

  it('from an older page, or with anything else than the protocol', async () => {
    const { cookie } = await cookieOf(world, world.ana);
    for (const auth of [
      { protocol: 0 },
      { protocol: PROTOCOL_VERSION + 1 },
      {},
      { protocol: '1' },
      { protocol: PROTOCOL_VERSION, role: 'admin' },
    ]) {
      expect(await refusalOf(agent(cookie, auth))).toMatchObject({
        code: 'invalid',
        message: /older version/,
      });
    }
    const client = await connect(served, agent(cookie));
    expect(client.socket.connected).toBe(true);
    client.close();
  });
});

describe('a visitor’s connection is refused', () => {
  it('with a token that was changed, is old, of another key or of another widget', async () => {
    const who = await world.visitor();
    const token = tokenOf(world, who);
    const sign = (over: object, key = world.ctx.keys.visitor) =>
      signVisitorToken(key, {
        visitorId: who.id,
        widgetId: who.widgetId,
        issuedAt: world.clock.now,
        ...over,
      });
    for (const bad of [
      '',
      'nonsense',
      'a.b.c',
      `${token}x.`,
      `x${token}`,
      sign({}, deriveKeys('5f'.repeat(32)).visitor),
      sign({ issuedAt: world.clock.now - 25 * 3_600_000 }),
      sign({ widgetId: world.ctx.newId() }),
      sign({ visitorId: world.ctx.newId() }),
    ]) {
      expect((await refusalOf(visitor({ token: bad }))).code, bad).toBe('unauthenticated');
    }
  });

  it('with an identity that the site has not signed', async () => {
    for (const identity of [
      'x',
      'a.b.c',
      `${btoa('{"alg":"none"}')}.${btoa('{"sub":"1","exp":9999999999}')}.`,
    ]) {
      expect((await refusalOf(visitor({ identity }))).code).toBe('unauthenticated');
    }
  });

  it('for a widget that is not there, from an older page, or with what is not asked for', async () => {
    expect((await refusalOf(visitor({ widget: 'other' }))).code).toBe('not_found');
    expect(await refusalOf(visitor({ protocol: 0 }))).toMatchObject({
      code: 'invalid',
      message: /older version/,
    });
    for (const auth of [
      { widget: '' },
      { widget: null },
      { widget: 'x'.repeat(81) },
      { protocol: '1' },
      { token: 7 },
      { token: 'x'.repeat(501) },
      { identity: 'x'.repeat(4001) },
      { site: 7 },
      { site: 'x'.repeat(301) },
      { visitorId: world.ctx.newId() },
    ]) {
      expect((await refusalOf(visitor(auth))).code, JSON.stringify(auth).slice(0, 60)).toBe('invalid');
    }
  });
});

describe('where a connection comes from', () => {
  it('a foreign page is refused on both sides, before anything is looked at', async () => {
    const { cookie } = await cookieOf(world, world.ana);
    for (const origin of [
      'https://evil.example',
      'null',
      served.baseUrl.replace('127', '128'),
      'http://127.0.0.1:1',
    ]) {
      for (const shake of [agent(cookie), visitor({})]) {
        const refusal = await refusalOf({ ...shake, headers: { ...shake.headers, origin } });
        expect(refusal.code, origin).toBeNull();
      }
    }
  });
  it('our own page is let in', async () => {
    const { cookie } = await cookieOf(world, world.ana);
    const localhost = served.baseUrl.replace('127.0.0.1', 'localhost');
    const client = await connect(served, { ...agent(cookie), headers: { cookie, origin: served.baseUrl } });
    client.close();
    const other = await connect(
      { ...served, baseUrl: localhost },
      { ...agent(cookie), headers: { cookie, origin: localhost } },
    );
    other.close();
  });
  it('the site around the widget is remembered when it is allowed, and lets nobody in or out', async () => {
    const seenOn = async () => {
      const [row] = await world.ctx.db.query<{ seen_on: string | null }>('select seen_on from widgets');
      return row?.seen_on;
    };
    const site = 'https://shop.example';
    (await connect(served, visitor({ site }))).close();
    expect(await seenOn()).toBeNull();
    const admin = await world.agent('Ada', 'admin');
    await allowSite(served.ctx, admin, { site, allowed: true });
    (await connect(served, visitor({ site }))).close();
    expect(await seenOn()).toBe(site);
  });
  it('nobody gets in below the two sides', async () => {
    for (const namespace of ['/', '/admin', '/agent/x']) {
      const refused = await connect(served, { ...agent(null), namespace: namespace as '/agent' }).then(
        async (client) => {
          const silent = await client.ask('desk:open', {}).then(
            () => false,
            () => true,
          );
          client.close();
          return silent;
        },
        () => true,
      );
      expect(refused, namespace).toBe(true);
    }
  });
});
