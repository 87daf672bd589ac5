import { SOCKET_PATH } from '@/lib/protocol';
import { browserClock, type Clock } from './clock';

const CONNECT_TIMEOUT_MS = 8000;

/**
 * What a connection needs of a socket. `connect` is told when the handshake is through, `disconnect` when a connection
 * was lost, `connect_error` when there came to be none, with the server's refusal in `data` where it gave one.
 */
export interface Wire {
  connected(): boolean;
  open(): void;
  /** Ends the connection. Nothing is told. */
  drop(): void;
  on(event: string, listener: (input: unknown) => void): void;
  /** Rejects when no answer comes in time, or the connection goes first. */
  ask(event: string, input: unknown, timeoutMs: number): Promise<unknown>;
  tell(event: string, input: unknown): void;
}

export interface SocketLike {
  readyState: number;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  send(data: string): void;
  close(): void;
}

interface SocketWireOptions {
  namespace: string;
  auth(): object;
  clock?: Clock;
  /** `ws:` or `wss:` origin; the page's own when left out. */
  origin?: string;
  dial?: (url: string) => SocketLike;
}

/**
 * Socket.IO over one WebSocket: Engine.IO 4 and Socket.IO 5, text packets, one namespace. Reconnecting is left to
 * `connect`, which also decides it for the rest of the client; that makes this a twelfth of the official client's size.
 */
export function socketWire(options: SocketWireOptions): Wire {
  const clock = options.clock ?? browserClock;
  const dial = options.dial ?? ((url: string) => new WebSocket(url) as SocketLike);
  const scope = `${options.namespace},`;
  const listeners = new Map<string, ((input: unknown) => void)[]>();
  const asked = new Map<number, { answer(value: unknown): void; fail(): void }>();
  let socket: SocketLike | null = null;
  let online = false;
  let lastId = 0;
  let silenceMs = CONNECT_TIMEOUT_MS;
  let cancelWatch = () => {};

  function emit(event: string, input?: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(input);
  }

  function open(): void {
    drop();
    const origin = options.origin ?? window.location.origin.replace(/^http/, 'ws');
    const own = dial(`${origin}${SOCKET_PATH}?EIO=4&transport=websocket`);
    socket = own;
    silenceMs = CONNECT_TIMEOUT_MS;
    watch();
    own.onmessage = ({ data }) => {
      if (own === socket && typeof data === 'string') receive(data);
    };
    own.onclose = () => {
      if (own === socket) lose();
    };
  }

  /** A connection on which nothing is heard for longer than the server's beat is gone, whatever the socket says. */
  function watch(): void {
    cancelWatch();
    cancelWatch = clock.after(silenceMs, lose);
  }

  function drop(): void {
    cancelWatch();
    const own = socket;
    socket = null;
    online = false;
    own?.close();
    for (const each of asked.values()) each.fail();
    asked.clear();
  }

  function lose(error?: unknown): void {
    const was = online;
    drop();
    emit(was ? 'disconnect' : 'connect_error', error);
  }

  function send(packet: string): void {
    if (socket?.readyState === 1) socket.send(packet);
  }

  function receive(data: string): void {
    const kind = data[0];
    if (kind === '0') {
      const { pingInterval, pingTimeout } = JSON.parse(data.slice(1));
      if (pingInterval > 0) silenceMs = pingInterval + pingTimeout;
      send(`40${scope}${JSON.stringify(options.auth())}`);
    } else if (kind === '2') {
      send('3');
      watch();
    } else if (kind === '4') {
      accept(data.slice(1));
    }
  }

  function accept(packet: string): void {
    const [, kind, id, body] = /^(\d)(?:\/[^,]*,)?(\d*)(.*)$/s.exec(packet) ?? [];
    const content = body ? JSON.parse(body) : null;
    if (kind === '0') {
      online = true;
      watch();
      emit('connect');
    } else if (kind === '2') {
      emit(content[0], content[1]);
    } else if (kind === '3') {
      asked.get(Number(id))?.answer(content[0]);
    } else {
      lose(content);
    }
  }

  return {
    connected: () => online,
    open,
    drop,
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    ask: (event, input, timeoutMs) =>
      new Promise((resolve, reject) => {
        const id = lastId++;
        const settle = () => {
          cancel();
          asked.delete(id);
        };
        const fail = () => {
          settle();
          reject(new Error('No answer'));
        };
        const cancel = clock.after(timeoutMs, fail);
        asked.set(id, {
          answer(value) {
            settle();
            resolve(value);
          },
          fail,
        });
        send(`42${scope}${id}${JSON.stringify([event, input])}`);
      }),
    tell: (event, input) => send(`42${scope}${JSON.stringify([event, input])}`),
  };
}
