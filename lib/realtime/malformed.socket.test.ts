import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import {
  type AgentToServer,
  MAX_FRAME_BYTES,
  PROTOCOL_VERSION,
  SOCKET_PATH,
  type VisitorToServer,
} from '@/lib/protocol';
import { footprint } from '@/lib/services/test-ledger';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { type Client, connectAgent, connectVisitor, type ServedWorld, serveWorld, tokenOf } from './testing';

let world: TestWorld;
let served: ServedWorld;
const faults: object[] = [];
beforeAll(async () => {
  world = await openTestWorld();
  world.ctx.log.error = (fields) => faults.push(fields);
  served = await serveWorld(world);
});
afterAll(async () => {
  await served.close();
  await world.close();
});
afterEach(() => expect(faults).toEqual([]));

const AGENT_EVENTS: Record<keyof AgentToServer, true> = {
  'desk:open': true,
  'agent:setStatus': true,
  'agent:active': true,
  'agent:colleagues': true,
  'view:open': true,
  'view:resolved': true,
  'view:close': true,
  'conversation:open': true,
  'conversation:close': true,
  'conversation:since': true,
  'conversation:before': true,
  'conversation:read': true,
  'conversation:takeover': true,
  'message:send': true,
  'note:add': true,
  'form:list': true,
  'form:send': true,
  'form:reveal': true,
  'handoff:claim': true,
  'handoff:claimNext': true,
  'ring:accept': true,
  'ring:decline': true,
  'routing:decisions': true,
  'handoff:release': true,
  'conversation:join': true,
  'conversation:leave': true,
  'handoff:transfer': true,
  'handoff:withdrawTransfer': true,
  'handoff:reassign': true,
  'handoff:handBack': true,
  'handoff:resolve': true,
  'handoff:prioritise': true,
  'callback:read': true,
  'callback:slots': true,
  'callback:schedule': true,
  'callback:mark': true,
  'callback:cancel': true,
  'typing:set': true,
};
const VISITOR_EVENTS: Record<keyof VisitorToServer, true> = {
  'session:open': true,
  'conversation:since': true,
  'conversation:read': true,
  'message:send': true,
  'handoff:request': true,
  'approach:takeUp': true,
  'handoff:accept': true,
  'handoff:followUp': true,
  'form:choose': true,
  'handoff:choose': true,
  'callback:slots': true,
  'callback:book': true,
  'handoff:decline': true,
  'handoff:cancel': true,
  'typing:set': true,
};

const MALFORMED: readonly unknown[] = [
  null,
  'text',
  '',
  0,
  7.5,
  true,
  [],
  [[]],
  [{}],
  { surplus: 1 },
  { '': '' },
  { constructor: { prototype: { admin: true } } },
  JSON.parse('{"__proto__":{"role":"admin"}}'),
  { conversationId: { $ne: null } },
  { toString: 'x', valueOf: 1, hasOwnProperty: null },
  'x'.repeat(60_000),
  { body: 'x'.repeat(60_000) },
  { conversationId: '00000000-0000-0000-0000-000000000000\u0000', extra: '\ud800' },
];

async function expectRefusedAll(client: Client, event: string): Promise<void> {
  const before = await footprint(world);
  for (const input of MALFORMED) {
    const answer = await client.ask(event, input);
    if (answer.ok) throw new Error(`${event} took ${JSON.stringify(input)?.slice(0, 80)}`);
    expect(answer.error.code).toBe('invalid');
    expect(answer.error.message.length).toBeGreaterThan(5);
    expect(JSON.stringify(answer)).not.toMatch(/postgres|node_modules|select |at \w+ \(/i);
    client.socket.emit(event, input);
  }
  expect(await client.ask(event)).toMatchObject({ ok: false, error: { code: 'invalid' } });
  expect(await client.ask(event, {}, {})).toMatchObject({ ok: false, error: { code: 'invalid' } });
  client.socket.emit(event);
  client.socket.emit(event, {}, {}, {});
  client.socket.emit(event, Buffer.from('binary'));
  await client.ask(event);
  expect(await footprint(world)).toBe(before);
  expect(client.socket.connected).toBe(true);
}

describe('every event of an agent, malformed in every way', () => {
  for (const event of Object.keys(AGENT_EVENTS)) {
    it(event, async () => {
      const client = await connectAgent(world, served, await world.agent('Ada', 'admin'));
      await expectRefusedAll(client, event);
      client.close();
    });
  }
});

describe('every event of a visitor, malformed in every way', () => {
  for (const event of Object.keys(VISITOR_EVENTS)) {
    it(event, async () => {
      const { visitor } = await world.conversation('offered');
      const client = await connectVisitor(world, served, visitor);
      const before = await footprint(world);
      const answers: unknown[] = [];
      for (const input of MALFORMED) answers.push(await client.ask(event, input));
      for (const answer of answers) expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } });
      expect(await client.ask(event)).toMatchObject({ ok: false });
      client.socket.emit(event);
      expect(await client.ask(event, {}, {})).toMatchObject({ ok: false });
      expect(await footprint(world)).toBe(before);
      expect(client.socket.connected).toBe(true);
      client.close();
    });
  }
});

describe('what is no event of ours', () => {
  it('is ignored, whatever its name', async () => {
    const client = await connectAgent(world, served, await world.agent('Ada', 'admin'));
    const before = await footprint(world);
    for (const event of [
      'user:delete',
      '__proto__',
      'constructor',
      'toString',
      '',
      'handoff:claim ',
      'disconnected',
    ]) {
      client.socket.emit(event, { conversationId: world.ctx.newId() }, () => {
        throw new Error(`${event} was answered`);
      });
    }
    expect(await client.ask('desk:open', {})).toMatchObject({ ok: true });
    expect(await footprint(world)).toBe(before);
    client.close();
  });

  it('an agent’s event on the visitor’s side is none', async () => {
    const made = await world.conversation('pending');
    const client = await connectVisitor(world, served, made.visitor);
    client.socket.emit('handoff:claim', { conversationId: made.conversationId, handoffId: made.handoffId });
    client.socket.emit('note:add', { conversationId: made.conversationId, clientId: 'client-1', body: 'x' });
    await client.ask('conversation:since', { after: 0 });
    const [head] = await world.ctx.db.query<{ state: string }>(
      'select state from conversations where id = $1::uuid',
      [made.conversationId],
    );
    expect(head?.state).toBe('pending');
    client.close();
  });
});

describe('frames', () => {
  it('nested ten thousand deep are refused like any other input', async () => {
    const { raw, answers } = await openRaw();
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    raw.send(`42/visitor,7["message:send",{"clientId":"client-1","body":${deep}}]`);
    raw.send(`42/visitor,8["handoff:request",${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}]`);
    for (const id of [7, 8])
      expect(await answers(id)).toMatchObject([{ ok: false, error: { code: 'invalid' } }]);
    raw.close();
  });

  it.each([
    ['broken JSON', '42/visitor,1["message:send",{'],
    ['no event name', '42/visitor,1[]'],
    ['an object for an event', '42/visitor,1{"a":1}'],
    ['a number for a name', '42/visitor,1[7,{}]'],
    ['a reserved name', '42/visitor,1["connect_error",{}]'],
    ['an unknown packet', '9'],
    ['an unknown message', '4'],
    ['a binary event without its parts', '451-/visitor,1["message:send",{"_placeholder":true,"num":0}]'],
    ['ten thousand announced parts', '4510000-/visitor,["message:send"]'],
    ['an acknowledgement nobody asked for', '43/visitor,99[{}]'],
    ['bytes', Buffer.from([0, 255, 1, 2])],
    ['a room too many', '40/admin,{}'],
  ])('%s: at worst that connection ends, and the server serves on', async (_, frame) => {
    const { raw } = await openRaw();
    const before = await footprint(world);
    const ended = new Promise((resolve) => raw.once('close', resolve));
    raw.send(frame);
    raw.close();
    await ended;
    expect(await footprint(world)).toBe(before);
    await expectServing();
  });

  it(`larger than ${MAX_FRAME_BYTES} bytes end their connection alone`, async () => {
    const { raw } = await openRaw();
    const bystander = await connectVisitor(world, served, null);
    const ended = new Promise<number>((resolve) => raw.once('close', resolve));
    raw.send(`42/visitor,1["message:send",{"clientId":"client-1","body":"${'x'.repeat(MAX_FRAME_BYTES)}"}]`);
    await ended;
    expect(await bystander.ask('conversation:since', { after: 0 })).toMatchObject({ ok: true });
    bystander.close();
    await expectServing();
  });
});

describe('too fast', () => {
  it('is answered with limit, and with when to go on; what was answered before stands', async () => {
    const { visitor } = await world.conversation('bot');
    const client = await connectVisitor(world, served, visitor);
    const codes: string[] = [];
    for (let sent = 0; sent < 30; sent++) {
      const answer = await client.ask('message:send', { clientId: world.nextClientId(), body: 'again' });
      codes.push(answer.ok ? 'ok' : answer.error.code);
      if (!answer.ok) expect(answer.error.message).toMatch(/Try again in \d+ s/);
    }
    expect(new Set(codes)).toEqual(new Set(['ok', 'limit']));
    expect(codes.indexOf('limit')).toBe(20);
    const other = await connectVisitor(world, served, null);
    expect(await other.ask('message:send', { clientId: world.nextClientId(), body: 'me too' })).toMatchObject(
      { ok: true },
    );
    for (const each of [client, other]) each.close();
  });
});

async function expectServing(): Promise<void> {
  const client = await connectVisitor(world, served, null);
  expect(await client.ask('session:open', {})).toMatchObject({ ok: true });
  client.close();
}

/** A connection below the client library: frames as one likes. */
async function openRaw() {
  const raw = new WebSocket(
    `${served.baseUrl.replace('http', 'ws')}${SOCKET_PATH}?EIO=4&transport=websocket`,
  );
  const heard: string[] = [];
  const waiting = new Set<() => void>();
  raw.on('message', (frame) => {
    heard.push(String(frame));
    for (const look of waiting) look();
  });
  raw.on('error', () => {});
  const hear = (prefix: string) =>
    new Promise<string>((resolve) => {
      const look = () => {
        const found = heard.find((frame) => frame.startsWith(prefix));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found.slice(prefix.length));
      };
      waiting.add(look);
      look();
    });
  await hear('0');
  const token = tokenOf(world, (await world.conversation('bot')).visitor);
  raw.send(`40/visitor,${JSON.stringify({ protocol: PROTOCOL_VERSION, widget: 'shop', token })}`);
  await hear('40/visitor,');
  const answers = async (id: number): Promise<unknown> => JSON.parse(await hear(`43/visitor,${id}`));
  return { raw, answers };
}
