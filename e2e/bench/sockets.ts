import { encode } from 'next-auth/jwt';
import { WebSocket } from 'ws';
import { deriveKeys } from '@/lib/crypto/keys';
import type { AgentActor } from '@/lib/domain/actor';
import { PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol';
import { openAgentSession } from '@/lib/services/user/session';
import type { WorldOn } from '@/lib/services/world-on';

/** A Socket.IO connection spoken by hand over ws, so that a thousand of them load the generator as little as can be. */
export interface LightSocket {
  ask(event: string, input: unknown): Promise<unknown>;
  onEvent: (event: string, text: string) => void;
  close(): void;
}

export async function connectLight(
  baseUrl: string,
  namespace: string,
  auth: object,
  headers: Record<string, string> = {},
): Promise<LightSocket> {
  const ws = new WebSocket(`${baseUrl.replace('http', 'ws')}${SOCKET_PATH}?EIO=4&transport=websocket`, {
    headers,
  });
  const asked = new Map<number, (answer: unknown) => void>();
  let nextId = 0;
  const light: LightSocket = {
    onEvent: () => {},
    ask: (event, input) =>
      new Promise((resolve) => {
        const id = nextId++;
        asked.set(id, resolve);
        ws.send(`42${namespace},${id}${JSON.stringify([event, input])}`);
      }),
    close: () => ws.terminate(),
  };
  await new Promise<void>((resolve, reject) => {
    ws.on('error', reject);
    ws.on('message', (data) => {
      const text = String(data);
      if (text[0] === '0') ws.send(`40${namespace},${JSON.stringify(auth)}`);
      else if (text === '2') ws.send('3');
      else if (text.startsWith('40')) resolve();
      else if (text.startsWith('44')) reject(new Error(text));
      else if (text.startsWith('43')) {
        const comma = text.indexOf(',');
        const start = text.indexOf('[', comma);
        const id = Number(text.slice(comma + 1, start));
        asked.get(id)?.(JSON.parse(text.slice(start))[0]);
        asked.delete(id);
      } else if (text.startsWith('42')) {
        const start = text.indexOf('[');
        light.onEvent(text.slice(start + 2, text.indexOf('"', start + 2)), text);
      }
    });
  });
  return light;
}

export async function agentHeaders(world: WorldOn, agent: AgentActor): Promise<Record<string, string>> {
  const sid = await openAgentSession(world.ctx, agent.id);
  const token = await encode({ token: { sid }, secret: deriveKeys(world.secret).session.toString('hex') });
  return { cookie: `baton.session=${token}` };
}

export const agentAuth = { protocol: PROTOCOL_VERSION };
