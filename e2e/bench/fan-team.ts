import type { ChildProcess } from 'node:child_process';
import { WebSocket } from 'ws';
import type { WorldOn } from '@/lib/services/world-on';
import { freePort, pin, startBenchServer } from './processes';
import { agentAuth, agentHeaders, connectLight, type LightSocket } from './sockets';
import { compare, type Measured, median } from './statistics';

const AGENTS = 1000;
const PER_SECOND = 300;
const SECONDS = 3;
const ROUNDS = 5;
const RAW_ROUNDS = 20;

/**
 * What a logical change of the queue costs the server for each agent who watches, against one raw ws send of the frame it
 * ends up in. The cost of making the changes is taken off by doing the same with nobody watching.
 */
export async function fanTeam(world: WorldOn): Promise<Measured[]> {
  for (let index = 0; index < 60; index++) await world.conversation('pending');
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}`;
  const server = await startBenchServer('e2e/bench/fan-server.ts', [
    String(port),
    world.databaseUrl,
    world.secret,
    baseUrl,
  ]);
  pin(server.pid, 0);
  pin(process.pid, 1);
  try {
    const quiet = await rounds(server, {
      kind: 'changes',
      perSecond: PER_SECOND,
      seconds: SECONDS,
      bytes: 0,
    });
    const heard = { frames: 0, bytes: 0 };
    const agents = await watch(world, baseUrl, heard);
    const watched: number[] = [];
    const perAgent: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = heard.frames;
      watched.push(await run(server, { kind: 'changes', perSecond: PER_SECOND, seconds: SECONDS, bytes: 0 }));
      perAgent.push((heard.frames - before) / AGENTS / (SECONDS + 0.6));
    }
    const frameBytes = Math.round(heard.bytes / Math.max(1, heard.frames));
    for (const agent of agents) agent.close();
    const raw = await openRaw(port);
    const sends = RAW_ROUNDS * AGENTS;
    const floor: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const micros = await run(server, { kind: 'raw', perSecond: 0, seconds: RAW_ROUNDS, bytes: frameBytes });
      floor.push(micros / sends);
    }
    for (const ws of raw) ws.terminate();
    const changes = PER_SECOND * SECONDS * AGENTS;
    const idle = median(quiet);
    const subject = watched.map((micros) => Math.max(0, micros - idle) / changes);
    return [
      compare(
        {
          id: 'fan-team',
          what: `${AGENTS} watching, ${PER_SECOND} changes/s, per change and agent`,
          unit: 'us',
        },
        subject,
        floor,
        { atMost: 0.2 },
      ),
      compare(
        { id: 'fan-team', what: 'frames an agent receives', unit: '/s' },
        perAgent,
        perAgent.map(() => 4),
        {
          atMost: 1,
        },
      ),
    ];
  } finally {
    server.kill('SIGKILL');
  }
}

async function watch(
  world: WorldOn,
  baseUrl: string,
  heard: { frames: number; bytes: number },
): Promise<LightSocket[]> {
  const headers = await agentHeaders(world, await world.agent('Watcher', 'agent', [world.teams.returns]));
  const agents: LightSocket[] = [];
  for (let index = 0; index < AGENTS; index++) {
    const agent = await connectLight(baseUrl, '/agent', agentAuth, headers);
    agent.onEvent = (event, text) => {
      if (event !== 'view:changed') return;
      heard.frames++;
      heard.bytes += text.length;
    };
    agents.push(agent);
    if (index % 300 === 299) await new Promise((resolve) => setTimeout(resolve, 10_100));
    await agent.ask('view:open', { key: `pending:${world.teams.returns}` });
  }
  return agents;
}

async function openRaw(port: number): Promise<WebSocket[]> {
  const sockets: WebSocket[] = [];
  for (let index = 0; index < AGENTS; index++) {
    const ws = new WebSocket(`ws://127.0.0.1:${port}/raw`);
    await new Promise((resolve, reject) => {
      ws.once('open', resolve);
      ws.once('error', reject);
    });
    sockets.push(ws);
  }
  return sockets;
}

async function rounds(server: ChildProcess, command: object): Promise<number[]> {
  const results: number[] = [];
  for (let round = 0; round < ROUNDS; round++) results.push(await run(server, command));
  return results;
}

function run(server: ChildProcess, command: object): Promise<number> {
  return new Promise((resolve) => {
    server.once('message', (answer: { micros: number }) => resolve(answer.micros));
    server.send(command);
  });
}
