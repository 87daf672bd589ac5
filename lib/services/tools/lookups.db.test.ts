import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { createOutbound } from '@/lib/integrations/http/outbound';
import { answerTurn } from '../bot/answer';
import type { Context } from '../context';
import { rotateSealingKeys } from '../form/rotate-keys';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectRefused, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { visitorSnapshot } from '../visitor/open-session';
import { changeLookup, readLookups } from './change-lookup';
import { changeTools } from './change-tools';
import { tryLookup } from './try-lookup';

const SECRET = 'Bearer very-secret-indeed';
const asked: { url: string | undefined; key: string | undefined }[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => unknown;
const usual: typeof answer = (_, response) =>
  response.end('{"status":"on its way","shipment":{"on":"2026-12-01"}}');
const shop = createServer((request, response) => {
  asked.push({ url: request.url, key: request.headers.authorization });
  answer(request, response);
});
let world: TestWorld;
let ctx: Context;
let admin: AgentActor;
let lookupId: string;
let base: string;
const logged: unknown[] = [];

beforeAll(async () => {
  world = await openTestWorld();
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  const log = { debug: keep, info: keep, warn: keep, error: keep };
  ctx = { ...world.ctx, outbound: createOutbound({ internalHosts: ['127.0.0.1'] }), log };
  admin = await world.agent('Jonas', 'admin');
  lookupId = ctx.newId();
});
afterAll(async () => {
  shop.closeAllConnections();
  shop.close();
  await world.close();
});
answer = (_, response) => usual(_, response);
afterEach(() => {
  world.brain.next = {};
  answer = usual;
  asked.length = 0;
});
function keep(fields: object, message: string) {
  logged.push(fields, message);
}

type Written = Parameters<typeof changeLookup>[2]['terms'];
const terms = (part: Partial<Written> = {}): Written => ({
  name: 'Order status',
  active: true,
  phrases: ['where is my order'],
  arguments: [
    {
      id: 'order',
      label: 'Order',
      kind: 'pattern',
      patterns: ['LF-#####'],
      ask: 'What is your order number?',
    },
  ],
  method: 'GET',
  url: `${base}/orders/{order}`,
  headers: [{ name: 'Authorization', secret: SECRET }],
  timeoutMs: 500,
  values: [
    { path: 'status', kind: 'text' },
    { path: 'shipment.on', kind: 'date' },
  ],
  answer: 'Order {order} is {status}, and comes on {shipment.on}.',
  notFound: 'There is no order {order}.',
  ...part,
});
const save = (part: Partial<Written> = {}) =>
  changeLookup(ctx, admin, {
    lookupId,
    version: ctx.settings.lookup(lookupId)?.version ?? 0,
    terms: terms(part),
  });

async function says(...bodies: string[]) {
  const who = await world.visitor();
  let conversationId = '';
  for (const body of bodies) {
    await sendAsVisitor(ctx, who, { clientId: world.nextClientId(), body });
    conversationId = (await conversationOf(ctx, who)) ?? '';
    await answerTurn(ctx, conversationId);
  }
  const { events, handoff } = await visitorSnapshot(ctx, conversationId);
  const said = events.flatMap((event) => (event.kind === 'message' ? [event.message] : [])).at(-1);
  const log = await logOf(world, conversationId);
  return { said, handoff, log, judged: log.findLast(({ kind }) => kind === 'turn.judged')?.payload };
}

describe('a look-up', () => {
  it('is made by admins; its secret is sealed, and shown and logged nowhere', async () => {
    await expectRefused(world, 'forbidden', () =>
      changeLookup(ctx, world.ana, { lookupId, version: 0, terms: terms() }),
    );
    const made = await save();
    expect(made).toMatchObject({
      version: 1,
      headers: [{ name: 'Authorization', secretId: expect.any(String) }],
    });
    expect(readLookups(ctx, admin)).toEqual([made]);
    const everywhere = await world.ctx.db.query<{ text: string }>(
      `select value::text as text from settings union all select payload::text from stream_events
       union all select encode(sealed, 'escape') from secrets`,
    );
    expect(everywhere.map(({ text }) => text).join()).not.toContain('very-secret');
    expect(JSON.stringify(world.ctx.settings.lookups())).not.toContain('very-secret');
  });

  it('answers with its source, and says no word of it in the log', async () => {
    await save();
    const { said, handoff, judged, log } = await says('Where is my order LF-20417?');
    expect(said).toMatchObject({
      body: 'Order LF-20417 is on its way, and comes on 1 December 2026.',
      sources: [{ title: 'Order status' }],
    });
    expect(handoff).toBeNull();
    expect(judged).toMatchObject({ lookup: { id: lookupId, end: 'answered' }, offer: null });
    expect(asked).toEqual([{ url: '/orders/LF-20417', key: SECRET }]);
    expect(JSON.stringify(log)).not.toMatch(/20417|on its way/);
  });

  it('asks for what it needs, and is what a bot without an answer does first', async () => {
    world.brain.next = { offer: { reason: 'low_confidence' }, confidence: 0.1 };
    const first = await says('Where is my order?');
    expect(first).toMatchObject({ said: { body: 'What is your order number?' }, handoff: null });
    expect(first.judged).toMatchObject({ lookup: { end: 'asked' } });
    const then = await says('Where is my order?', 'It is LF-20417');
    expect(then.said?.body).toMatch(/^Order LF-20417 is on its way/);
    expect((await says('Where is my order?', 'I have no idea')).handoff).toMatchObject({ state: 'offered' });
  });

  it('says so where there is none', async () => {
    answer = (_, response) => response.writeHead(404).end();
    const { said, judged } = await says('Where is my order LF-00000?');
    expect(said?.body).toBe('There is no order LF-00000.');
    expect(judged).toMatchObject({ lookup: { end: 'not_found' } });
  });

  it.each<[string, string, typeof answer]>([
    [
      'fails',
      'status',
      (_, response) => response.writeHead(500).end('{"status":"x","shipment":{"on":"2026-12-01"}}'),
    ],
    ['leads elsewhere', 'status', (_, response) => response.writeHead(302, { location: '/' }).end()],
    ['is no JSON', 'malformed', (_, response) => response.end('<p>Order LF-20417</p>')],
    ['lacks a value', 'malformed', (_, response) => response.end('{"status":"x"}')],
    ['is too large', 'too_large', (_, response) => response.end('x'.repeat(100_000))],
    ['is too slow', 'timeout', () => {}],
    ['breaks off', 'unreached', (request) => request.socket.destroy()],
  ])('that %s leaves the bot to do what it would have done', async (_, end, how) => {
    answer = how;
    const plain = await says('Where is my order LF-20417?');
    expect(plain.said?.body).toBe('Sixty days, also after a night outside.');
    expect(plain.judged).toMatchObject({ lookup: { id: lookupId, end } });
    world.brain.next = { offer: { reason: 'low_confidence' } };
    expect((await says('Where is my order LF-20417?')).handoff).toMatchObject({ reason: 'low_confidence' });
    expect(JSON.stringify(logged)).not.toMatch(/20417|very-secret/);
  });

  it('never stands in the way of a person', async () => {
    for (const reason of [
      'requested_by_customer',
      'sensitive_topic',
      'frustration',
      'rule',
      'loop',
    ] as const) {
      world.brain.next = { offer: { reason } };
      expect((await says('Where is my order LF-20417?')).handoff).toMatchObject({ reason });
    }
    expect(asked).toEqual([]);
  });

  it('that is switched off, for one bot or for all, is not asked', async () => {
    const { version } = world.ctx.settings.tools(world.widgetId);
    const off = [`lookup:${lookupId}` as const];
    const { version: now } = await changeTools(ctx, admin, { widgetId: world.widgetId, version, off });
    await says('Where is my order LF-20417?');
    await changeTools(ctx, admin, { widgetId: world.widgetId, version: now, off: [] });
    await save({ active: false });
    await says('Where is my order LF-20417?');
    expect(asked).toEqual([]);
    await save();
  });
});

describe('a secret', () => {
  const kept = () => {
    const [header] = ctx.settings.lookup(lookupId)?.headers ?? [];
    if (header === undefined || !('secretId' in header)) throw new Error('No secret is kept');
    return header;
  };
  const secrets = async () => (await world.ctx.db.query('select id from secrets')).length;

  it('stays when all else changes, is destroyed with its header, and goes nowhere else', async () => {
    const header = kept();
    await save({ headers: [header], timeoutMs: 600 });
    expect(kept()).toEqual(header);
    await expectRefused(world, 'invalid', () =>
      save({ headers: [header], url: 'https://elsewhere.example/{order}' }),
    );
    await expectRefused(world, 'invalid', () =>
      tryLookup(ctx, admin, {
        lookupId,
        terms: terms({ headers: [header], url: 'https://elsewhere.example/{order}' }),
        values: { order: 'LF-20417' },
      }),
    );
    await expectRefused(world, 'invalid', () => save({ headers: [{ ...header, secretId: ctx.newId() }] }));
    expect(await secrets()).toBe(1);
    await expectRefused(world, 'conflict', () =>
      changeLookup(ctx, admin, { lookupId, version: 1, terms: terms() }),
    );
    expect(await secrets()).toBe(1);
    await save({ headers: [] });
    expect(await secrets()).toBe(0);
    await save();
  });

  it('is sealed anew when keys are rotated', async () => {
    await rotateSealingKeys(ctx, () => {});
    await says('Where is my order LF-20417?');
    expect(asked).toEqual([{ url: '/orders/LF-20417', key: SECRET }]);
    const keys = await world.ctx.db.query('select id from sealing_keys');
    expect(keys).toHaveLength(1);
  });
});

describe('trying it', () => {
  it('asks for real and tells how it ended, for admins alone', async () => {
    const input = { lookupId, terms: terms(), values: { order: 'LF-20417' } };
    expect(await tryLookup(ctx, admin, input)).toEqual({
      kind: 'answered',
      text: 'Order LF-20417 is on its way, and comes on 1 December 2026.',
      status: 200,
    });
    await expectRefused(world, 'forbidden', () => tryLookup(ctx, world.ana, input));
    await expectRefused(world, 'invalid', () =>
      tryLookup(ctx, admin, { ...input, values: { order: '../x' } }),
    );
    answer = (_, response) => response.writeHead(503).end();
    expect(await tryLookup(ctx, admin, input)).toEqual({ kind: 'failed', fault: 'status', status: 503 });
    const inside = { ...input, terms: terms({ url: 'https://10.0.0.1/{order}' }) };
    expect(await tryLookup(ctx, admin, inside)).toMatchObject({ kind: 'failed', fault: 'blocked' });
  });
});
