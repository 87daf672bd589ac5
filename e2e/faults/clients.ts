import { randomUUID } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { io, type Socket } from 'socket.io-client';
import { memoryStore } from '@/lib/client/core/memory-store';
import { socketIoWire } from '@/lib/client/core/socket-io-wire';
import { openStorage } from '@/lib/client/core/storage';
import { createVisitor, type Visitor } from '@/lib/client/core/visitor-store';
import { deriveKeys } from '@/lib/crypto/keys';
import type { AgentActor } from '@/lib/domain/actor';
import { type Answer, PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol';
import type { TestWorld } from '@/lib/services/testing';
import { openAgentSession } from '@/lib/services/user/session';

/** A signed-in desk without a browser: the cookie is made as sign-in makes it, the socket is the real one. */
export async function connectDesk(world: TestWorld, agent: AgentActor, baseUrl: string): Promise<DeskSocket> {
  const sid = await openAgentSession(world.ctx, agent.id);
  const secret = deriveKeys(world.secret).session.toString('hex');
  const token = await encode({ token: { sid }, secret });
  const socket = io(`${baseUrl}/agent`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    auth: { protocol: PROTOCOL_VERSION },
    extraHeaders: { cookie: `baton.session=${token}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return {
    socket,
    agent,
    ask: (event, input) => socket.timeout(10_000).emitWithAck(event, input),
    close: () => void socket.disconnect(),
  };
}

export interface DeskSocket {
  socket: Socket;
  agent: AgentActor;
  ask(event: string, input: unknown): Promise<Answer<{ ownerEpoch: number }>>;
  close(): void;
}

/** The widget's own client, in this process: outbox, catch-up and all. */
export function openVisitor(baseUrl: string): Visitor {
  const store = memoryStore();
  return createVisitor({
    widget: 'shop',
    storage: openStorage('visitor', () => store),
    newId: randomUUID,
    network: new EventTarget(),
    wire: (auth) => socketIoWire({ namespace: '/visitor', auth, origin: baseUrl }),
  });
}
