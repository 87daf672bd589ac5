import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { signVisitorToken } from '@/lib/crypto/visitor-token';
import { PROTOCOL_VERSION } from '@/lib/protocol';
import type { WorldOn } from '@/lib/services/world-on';
import { startTestServerProcess } from '@/lib/setup/test-world.mjs';
import { freePort, pin, startBenchServer } from './processes';
import { agentAuth, agentHeaders, connectLight } from './sockets';
import { compare, type Measured, median, percentile } from './statistics';

const CHATS = 200;
const ROUNDS = 7;
const OPEN_LOOP_PER_S = 120;
const OPEN_LOOP_MESSAGES = 360;
const CLOSED_MESSAGES = 1600;
const IN_FLIGHT = 64;

interface Path {
  /** Sends one message of a chat; settles when customer and agent have both heard of it, with milliseconds until the agent did. */
  send(chat: number): Promise<number>;
}

/** Customer sends, commit, agent receives: against the same rows by one hand-written statement plus a raw ws send. */
export async function messagePath(world: WorldOn): Promise<Measured[]> {
  const conversations = [];
  for (let index = 0; index < CHATS; index++) conversations.push(await world.conversation('active'));
  const server = await startTestServerProcess({
    databaseUrl: world.databaseUrl,
    env: { BATON_SECRET: world.secret, LOG_LEVEL: 'error', BATON_VISITOR_MESSAGES: '1000000' },
  });
  const port = await freePort();
  const floorServer = await startBenchServer('e2e/bench/floor-server.ts', [
    String(port),
    world.databaseUrl,
    world.ctx.keys.audit.toString('hex'),
  ]);
  pin(server.pid, 0);
  pin(floorServer.pid, 0);
  pin(process.pid, 1);
  try {
    const product = await productPath(world, server.baseUrl, conversations);
    const floor = await floorPath(port, conversations);
    await closedLoop(product, CLOSED_MESSAGES);
    await closedLoop(floor, CLOSED_MESSAGES);
    // As on a desk that has run for a minute: plans made before the tables were measured are those of empty ones.
    await world.ctx.db.query('analyze');
    const rounds: Record<'p50' | 'p95' | 'rate', [number[], number[]]> = {
      p50: [[], []],
      p95: [[], []],
      rate: [[], []],
    };
    for (let round = 0; round < ROUNDS; round++) {
      const order: [Path, 0 | 1][] =
        round % 2 === 0
          ? [
              [product, 0],
              [floor, 1],
            ]
          : [
              [floor, 1],
              [product, 0],
            ];
      for (const [path, side] of order) {
        const latencies = await openLoop(path);
        rounds.p50[side].push(median(latencies));
        rounds.p95[side].push(percentile(latencies, 0.95));
        rounds.rate[side].push(await closedLoop(path, CLOSED_MESSAGES));
      }
    }
    return [
      compare({ id: 'msg-path', what: 'latency p50', unit: 'ms' }, ...rounds.p50, { atMost: 1.5 }),
      compare({ id: 'msg-path', what: 'latency p95', unit: 'ms' }, ...rounds.p95, { atMost: 1.5 }),
      compare({ id: 'msg-path', what: `throughput, ${IN_FLIGHT} in flight`, unit: 'msg/s' }, ...rounds.rate, {
        atLeast: 0.7,
      }),
    ];
  } finally {
    floorServer.kill('SIGKILL');
    await server.close();
  }
}

type Conversation = Awaited<ReturnType<WorldOn['conversation']>>;

async function productPath(world: WorldOn, baseUrl: string, conversations: Conversation[]): Promise<Path> {
  const heard = new Map<string, (at: number) => void>();
  const agent = await connectLight(baseUrl, '/agent', agentAuth, await agentHeaders(world, world.ana));
  agent.onEvent = (event, text) => {
    if (event === 'conversation:events') settle(heard, text);
  };
  for (const { conversationId } of conversations) await agent.ask('conversation:open', { conversationId });
  const customers: Awaited<ReturnType<typeof connectLight>>[] = [];
  for (const { visitor } of conversations) {
    const token = signVisitorToken(world.ctx.keys.visitor, {
      visitorId: visitor.id,
      widgetId: world.widgetId,
      issuedAt: Date.now(),
    });
    const customer = await connectLight(baseUrl, '/visitor', {
      protocol: PROTOCOL_VERSION,
      widget: 'shop',
      token,
    });
    await customer.ask('session:open', {});
    customers.push(customer);
  }
  return {
    async send(chat) {
      const clientId = randomUUID();
      const arrived = new Promise<number>((resolve) => heard.set(clientId, resolve));
      const started = performance.now();
      const acked = customers[chat % CHATS]?.ask('message:send', { clientId, body: bodyOf(clientId) });
      const at = await arrived;
      await acked;
      return at - started;
    },
  };
}

async function floorPath(port: number, conversations: Conversation[]): Promise<Path> {
  const heard = new Map<string, (at: number) => void>();
  const acks = new Map<string, () => void>();
  const open = async (path: string, onMessage: (text: string) => void) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    ws.on('message', (data) => onMessage(String(data)));
    await new Promise((resolve) => ws.once('open', resolve));
    return ws;
  };
  await open('/agent', (text) => settle(heard, text));
  const customers: WebSocket[] = [];
  for (const _ of conversations) {
    customers.push(await open('/customer', (text) => acks.get(JSON.parse(text).clientId)?.()));
  }
  return {
    async send(chat) {
      const clientId = randomUUID();
      const arrived = new Promise<number>((resolve) => heard.set(clientId, resolve));
      const acked = new Promise<void>((resolve) => acks.set(clientId, resolve));
      const target = conversations[chat % CHATS];
      const started = performance.now();
      customers[chat % CHATS]?.send(
        JSON.stringify({
          conversationId: target?.conversationId,
          visitorId: target?.visitor.id,
          clientId,
          body: bodyOf(clientId),
        }),
      );
      const at = await arrived;
      await acked;
      acks.delete(clientId);
      return at - started;
    },
  };
}

function bodyOf(clientId: string): string {
  return `${clientId} The pole of my tent broke on the first night and I leave again on Friday.`;
}

/** The client id stands in the frame; finding it is all the generator does with what it hears. */
function settle(heard: Map<string, (at: number) => void>, text: string): void {
  const at = performance.now();
  const start = text.indexOf('"clientId":"') + 12;
  const clientId = text.slice(start, start + 36);
  heard.get(clientId)?.(at);
  heard.delete(clientId);
}

/** Messages start when they are due, however long the ones before take. */
async function openLoop(path: Path): Promise<number[]> {
  const started = performance.now();
  const running: Promise<number>[] = [];
  for (let index = 0; index < OPEN_LOOP_MESSAGES; index++) {
    const due = started + (index * 1000) / OPEN_LOOP_PER_S;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(path.send(index));
  }
  return Promise.all(running);
}

/** Messages a second with so many on their way at any time. */
async function closedLoop(path: Path, messages: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    for (let index = next++; index < messages; index = next++) await path.send(index);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return messages / ((performance.now() - started) / 1000);
}
