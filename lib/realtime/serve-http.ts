import http, { type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { ASKED_PATH } from '@/lib/auth/asked-path';
import { SOCKET_PATH } from '@/lib/protocol';
import { AppError } from '@/lib/services/errors';
import { addressOf } from './address-of';
import { coalesceWrites } from './coalesce-writes';
import { admitPost } from './rate-limits';
import type { Realtime } from './server';

export interface HttpFront {
  server: http.Server;
  close(): Promise<void>;
}

/**
 * One HTTP server for Next and Socket.IO. Next is given a decoy, since it would add an `upgrade` listener of its own and
 * end our sockets; upgrades are dispatched here, and any that is not ours is destroyed.
 */
export async function serveHttp(options: {
  development: boolean;
  host: string;
  port: number;
  realtime: Realtime;
  first: (request: IncomingMessage, response: http.ServerResponse) => boolean;
}): Promise<HttpFront> {
  const decoy = new http.Server();
  const app = next({
    dev: options.development,
    httpServer: decoy,
    hostname: options.host,
    port: options.port,
  });
  await app.prepare();
  const page = app.getRequestHandler();
  const server = http.createServer((request, response) => {
    if (options.first(request, response)) return;
    if (request.url?.startsWith(SOCKET_PATH)) {
      response.writeHead(426).end('This is a WebSocket endpoint.');
      return;
    }
    const address = addressOf(request.socket.remoteAddress ?? '', request.headers);
    // What is asked behind this, signing in for one, goes by the same address.
    request.headers['x-forwarded-for'] = address;
    request.headers[ASKED_PATH] = request.url ?? '';
    admitted(request, address)
      .then(() => page(request, response))
      .catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'limit') return refuse(response, error.message);
        response.destroy(error instanceof Error ? error : undefined);
      });
  });
  const { engine } = options.realtime.io;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (request.url?.startsWith(SOCKET_PATH)) {
      coalesceWrites(socket);
      engine.handleUpgrade(request, socket, head);
    } else if (options.development) decoy.emit('upgrade', request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    server,
    close: async () => {
      server.close();
      server.closeIdleConnections();
      await app.close();
    },
  };
}

async function admitted(request: IncomingMessage, address: string): Promise<void> {
  if (request.method !== 'POST') return;
  await admitPost(address, (request.url ?? '').split('?', 1)[0] ?? '');
}

function refuse(response: http.ServerResponse, message: string): void {
  response.writeHead(429, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'retry-after': '60',
    connection: 'close',
  });
  response.end(message);
}
