import http, { type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import next from 'next';
import { SOCKET_PATH } from '@/lib/protocol';
import { coalesceWrites } from './coalesce-writes';
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
    page(request, response).catch((error: unknown) => {
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
