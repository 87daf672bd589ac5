import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Namespace, Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type FakeClock, fakeClock } from './fake-clock';
import { type SocketLike, socketWire } from './socket-wire';

let http: HttpServer;
let io: Server;
let visitors: Namespace;
let origin: string;

beforeEach(async () => {
  http = createServer();
  io = new Server(http, { transports: ['websocket'], pingInterval: 40, pingTimeout: 5000 });
  visitors = io.of('/visitor');
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  origin = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterEach(() => io.close());

/** In Node an error nobody listens to ends the process; `close` follows it, as in a browser. */
function dial(url: string): SocketLike {
  const socket = new WebSocket(url);
  socket.on('error', () => {});
  return socket as unknown as SocketLike;
}

function open(auth: object = {}, clock?: FakeClock) {
  const wire = socketWire({
    namespace: '/visitor',
    auth: () => auth,
    origin,
    dial,
    ...(clock ? { clock } : {}),
  });
  const next = (event: string) => new Promise<unknown>((resolve) => wire.on(event, resolve));
  const connected = next('connect');
  wire.open();
  return { wire, next, connected };
}

describe('socketWire, against the real server', () => {
  test('brings the handshake, asks and is answered', async () => {
    visitors.on('connection', (socket) => {
      socket.on('echo', (input, ack) => ack({ ok: true, data: { input, auth: socket.handshake.auth } }));
    });
    const { wire, connected } = open({ widget: 'larkfell' });
    await connected;
    const text = 'Zelt, חוף, 🏕️, "quotes"\n[1]';
    expect(await wire.ask('echo', { text }, 1000)).toEqual({
      ok: true,
      data: { input: { text }, auth: { widget: 'larkfell' } },
    });
    wire.drop();
  });

  test('answers go to whom they belong, in whichever order they come', async () => {
    visitors.on('connection', (socket) => {
      const held: (() => void)[] = [];
      socket.on('hold', (input, ack) => {
        held.push(() => ack(input));
        if (held.length === 3) for (const release of held.reverse()) release();
      });
    });
    const { wire, connected } = open();
    await connected;
    expect(await Promise.all([1, 2, 3].map((each) => wire.ask('hold', each, 1000)))).toEqual([1, 2, 3]);
    wire.drop();
  });

  test('hears what the server says, and is heard without an answer', async () => {
    visitors.on('connection', (socket) => {
      socket.on('typing:set', (input) => socket.emit('typing:seen', input));
    });
    const { wire, next, connected } = open();
    await connected;
    const seen = next('typing:seen');
    wire.tell('typing:set', { by: 'agent' });
    expect(await seen).toEqual({ by: 'agent' });
    wire.drop();
  });

  test('a refused handshake says why, and can be made again', async () => {
    let refuse = true;
    visitors.use((_, pass) => {
      pass(refuse ? Object.assign(new Error('No'), { data: { code: 'unauthenticated' } }) : undefined);
    });
    const { wire, next, connected } = open();
    expect(await next('connect_error')).toMatchObject({ data: { code: 'unauthenticated' } });
    expect(wire.connected()).toBe(false);
    refuse = false;
    wire.open();
    await connected;
    expect(wire.connected()).toBe(true);
    wire.drop();
  });

  test('a server that puts it out, and one that dies: both are a lost connection', async () => {
    visitors.on('connection', (socket) => {
      socket.on('leave', () => socket.disconnect());
      socket.on('die', () => socket.conn.close());
    });
    for (const way of ['leave', 'die']) {
      const { wire, next, connected } = open();
      await connected;
      const lost = next('disconnect');
      const asked = wire.ask(way, {}, 1000);
      await expect(asked).rejects.toThrow('No answer');
      await lost;
      expect(wire.connected()).toBe(false);
    }
  });

  test('nobody there: no connection came to be', async () => {
    origin = 'ws://127.0.0.1:1';
    const { wire, next } = open();
    await next('connect_error');
    expect(wire.connected()).toBe(false);
  });

  test('keeps the beat for longer than the server would wait', async () => {
    const beats: string[] = [];
    visitors.on('connection', (socket) => {
      socket.conn.on('heartbeat', () => {
        beats.push('beat');
        if (beats.length === 4) socket.emit('enough');
      });
    });
    const { wire, next, connected } = open();
    await connected;
    await next('enough');
    expect(wire.connected()).toBe(true);
    wire.drop();
  });

  test('no answer in time is no answer, and silence is a lost connection', async () => {
    const clock = fakeClock();
    visitors.on('connection', () => {});
    const { wire, next, connected } = open({}, clock);
    await connected;
    const asked = wire.ask('nothing', {}, 50);
    clock.advance(50);
    await expect(asked).rejects.toThrow('No answer');
    const lost = next('disconnect');
    clock.advance(5041);
    await lost;
  });
});
