import { io } from 'socket.io-client';
import { SOCKET_PATH } from '@/lib/protocol';
import { browserClock } from './clock';
import type { Wire } from './socket-wire';

const HANDSHAKE_MS = 8000;

/**
 * The wire over the official client, for the desk and for whatever runs outside a browser. Reconnecting is `connect`'s, so
 * that both sides of the product come back in the same way.
 */
export function socketIoWire(options: {
  namespace: string;
  auth(): object;
  /** The page's own origin when left out. */
  origin?: string;
}): Wire {
  const socket = io(`${options.origin ?? ''}${options.namespace}`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    auth: (give) => give(options.auth()),
  });
  const listeners = new Map<string, ((input: unknown) => void)[]>();
  const asked = new Set<() => void>();
  let phase: 'closed' | 'opening' | 'online' = 'closed';
  let cancelWatch = () => {};

  const emit = (event: string, input?: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(input);
  };
  const failAsked = () => {
    for (const fail of asked) fail();
  };
  /** A connection that ends during its handshake never was one, whatever the client calls it. */
  const lose = (error?: unknown) => {
    if (phase === 'closed') return;
    const was = phase;
    drop();
    emit(was === 'online' ? 'disconnect' : 'connect_error', error);
  };
  const drop = () => {
    phase = 'closed';
    cancelWatch();
    socket.disconnect();
    failAsked();
  };

  socket.on('connect', () => {
    phase = 'online';
    cancelWatch();
    emit('connect');
  });
  socket.on('disconnect', () => lose());
  socket.on('connect_error', (error) => lose('data' in error ? { data: error.data } : undefined));
  socket.onAny((event: string, input: unknown) => emit(event, input));

  return {
    connected: () => phase === 'online',
    open() {
      drop();
      phase = 'opening';
      cancelWatch = browserClock.after(HANDSHAKE_MS, lose);
      socket.connect();
    },
    drop,
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    ask: (event, input, timeoutMs) =>
      new Promise((resolve, reject) => {
        const fail = () => {
          asked.delete(fail);
          reject(new Error('No answer'));
        };
        asked.add(fail);
        socket.timeout(timeoutMs).emit(event, input, (late: Error | null, answer: unknown) => {
          if (!asked.delete(fail)) return;
          if (late) reject(late);
          else resolve(answer);
        });
      }),
    tell: (event, input) => void socket.emit(event, input),
  };
}
