import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { encode } from 'next-auth/jwt';
import { io, type Socket } from 'socket.io-client';
import { signVisitorToken } from '@/lib/crypto/visitor-token';
import type { AgentActor, VisitorActor } from '@/lib/domain/actor';
import { type Answer, PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol';
import type { Context } from '@/lib/services/context';
import type { TestWorld } from '@/lib/services/testing';
import { openAgentSession } from '@/lib/services/user/session';
import { allowedOrigin } from './allowed-origin';
import { openRealtime, type Realtime } from './server';

/** The product's sockets over a test world, on a port of their own, without the pages. */
export interface ServedWorld {
  /** Verbs called with it are told to the sockets. */
  ctx: Context;
  realtime: Realtime;
  baseUrl: string;
  close(): Promise<void>;
}

/** `visitorMessages` as the operator allows them; a test that asks often for the same visitor allows more. */
export async function serveWorld(world: TestWorld, visitorMessages?: number): Promise<ServedWorld> {
  const ctx: Context = {
    ...world.ctx,
    publish: (publication) => realtime.publish(publication),
    showDraft: (visitorId, draft) => realtime.showDraft(visitorId, draft),
  };
  const server = http.createServer((_, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const realtime = openRealtime(ctx, allowedOrigin(baseUrl), visitorMessages);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(SOCKET_PATH)) realtime.io.engine.handleUpgrade(request, socket, head);
    else socket.destroy();
  });
  return {
    ctx,
    realtime,
    baseUrl,
    close: async () => {
      await realtime.drain();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A connected client that remembers all it hears. */
export interface Client {
  namespace: Handshake['namespace'];
  socket: Socket;
  heard: { event: string; args: unknown[] }[];
  ask(event: string, ...payload: unknown[]): Promise<Answer<never>>;
  close(): void;
}

export interface Handshake {
  namespace: '/agent' | '/visitor';
  auth: object;
  headers?: Record<string, string>;
}

/** Throws what the server answered when it refuses the connection. */
export async function connect({ baseUrl }: ServedWorld, handshake: Handshake): Promise<Client> {
  const socket = io(`${baseUrl}${handshake.namespace}`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: handshake.auth,
    ...(handshake.headers ? { extraHeaders: handshake.headers } : {}),
  });
  const heard: Client['heard'] = [];
  socket.onAny((event: string, ...args: unknown[]) => heard.push({ event, args }));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', (error) => {
      socket.disconnect();
      reject(error);
    });
  });
  return {
    namespace: handshake.namespace,
    socket,
    heard,
    ask: (event, ...payload) => socket.timeout(5000).emitWithAck(event, ...payload),
    close: () => void socket.disconnect(),
  };
}

/** The cookie that sign-in sets, for a session of this agent. */
export async function cookieOf(world: TestWorld, agent: AgentActor) {
  const sessionId = await openAgentSession(world.ctx, agent.id);
  const secret = world.ctx.keys.session.toString('hex');
  const token = await encode({ token: { sid: sessionId }, secret });
  return { sessionId, cookie: `baton.session=${token}` };
}

export async function connectAgent(world: TestWorld, served: ServedWorld, agent: AgentActor) {
  const { sessionId, cookie } = await cookieOf(world, agent);
  const auth = { protocol: PROTOCOL_VERSION };
  const client = await connect(served, { namespace: '/agent', auth, headers: { cookie } });
  return { ...client, sessionId };
}

export function tokenOf(world: TestWorld, visitor: VisitorActor): string {
  return signVisitorToken(world.ctx.keys.visitor, {
    visitorId: visitor.id,
    widgetId: visitor.widgetId,
    issuedAt: world.ctx.now(),
  });
}

export function connectVisitor(
  world: TestWorld,
  served: ServedWorld,
  visitor: VisitorActor | null,
): Promise<Client> {
  const token = visitor ? { token: tokenOf(world, visitor) } : {};
  return connect(served, {
    namespace: '/visitor',
    auth: { protocol: PROTOCOL_VERSION, widget: 'shop', ...token },
  });
}
