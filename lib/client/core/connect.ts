import type { ErrorCode } from '@/lib/domain/errors';
import { ACK_TIMEOUT_MS, type Answer } from '@/lib/protocol';
import { browserClock, type Clock } from './clock';
import { fullJitter } from './full-jitter';
import { socketWire, type Wire } from './socket-wire';

const RECONNECT = { baseMs: 500, capMs: 15_000 };
const FINAL_REFUSALS: readonly ErrorCode[] = ['unauthenticated', 'forbidden', 'invalid', 'not_found'];

/** `waiting`: the next try is at `retryAt`, in the clock's milliseconds. `refused` and `closed` try no more. */
export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'online' }
  | { kind: 'waiting'; retryAt: number }
  | { kind: 'refused'; code: ErrorCode }
  | { kind: 'closed' };

export type RequestName<C> = {
  [K in keyof C]: C[K] extends (...args: infer A) => void
    ? A extends [unknown, unknown]
      ? K
      : never
    : never;
}[keyof C] &
  string;
export type TellName<C> = Exclude<keyof C & string, RequestName<C>>;
export type InputOf<F> = F extends (input: infer I, ...rest: never[]) => void ? I : never;
export type OutputOf<F> = F extends (input: never, ack: (answer: Answer<infer O>) => void) => void
  ? O
  : never;

export interface Connection<C, S> {
  state(): ConnectionState;
  onState(listener: (state: ConnectionState) => void): () => void;
  on<K extends keyof S & string>(event: K, listener: (input: InputOf<S[K]>) => void): () => void;
  /** Never rejects. Not connected, no answer in time, connection lost before the answer: `unavailable`. */
  request<K extends RequestName<C>>(event: K, input: InputOf<C[K]>): Promise<Answer<OutputOf<C[K]>>>;
  /** Sent now or not at all. */
  tell<K extends TellName<C>>(event: K, input: InputOf<C[K]>): void;
  retryNow(): void;
  /** Drops the connection and makes a new handshake at once. */
  restart(): void;
  close(): void;
}

export interface ConnectOptions {
  namespace: '/visitor' | '/agent';
  /** Asked at each handshake, so that a renewed token is used. */
  auth(): object;
  /** May mend what was refused (drop a token); true means: try again at once. */
  onRefused?(code: ErrorCode): boolean;
  wire?: Wire;
  clock?: Clock;
  random?: () => number;
  network?: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

/** One connection that comes back by itself. What is lost while it was away is the caller's to ask for. */
export function connect<C, S>(options: ConnectOptions): Connection<C, S> {
  const clock = options.clock ?? browserClock;
  const random = options.random ?? Math.random;
  const network = options.network ?? globalThis;
  const wire = options.wire ?? socketWire({ namespace: options.namespace, auth: options.auth, clock });
  const stateListeners = new Set<(state: ConnectionState) => void>();
  const eventListeners = new Map<string, Set<(input: unknown) => void>>();
  let state: ConnectionState = { kind: 'connecting' };
  let failures = 0;
  let inFlight = 0;
  let movingMs: number | null = null;
  let cancelRetry = () => {};

  wire.on('connect', () => {
    failures = 0;
    movingMs = null;
    enter({ kind: 'online' });
  });
  wire.on('disconnect', () => {
    if (state.kind === 'online') waitAndRetry();
  });
  wire.on('connect_error', (error) => {
    const code = refusalCode(error);
    if (code === null || !FINAL_REFUSALS.includes(code)) waitAndRetry();
    else if (options.onRefused?.(code)) open();
    else enter({ kind: 'refused', code });
  });
  wire.on('server:moving', (input) => {
    movingMs = isRecord(input) && typeof input.retryMs === 'number' ? input.retryMs : 0;
    moveWhenQuiet();
  });
  network.addEventListener('online', retryNow);
  network.addEventListener('offline', lose);
  open();

  function enter(next: ConnectionState): void {
    cancelRetry();
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function open(): void {
    enter({ kind: 'connecting' });
    wire.open();
  }

  function waitAndRetry(): void {
    if (state.kind === 'closed') return;
    const delay =
      movingMs === null ? fullJitter(failures, RECONNECT, random) : movingMs * (0.5 + random() / 2);
    movingMs = null;
    failures += 1;
    enter({ kind: 'waiting', retryAt: clock.now() + delay });
    cancelRetry = clock.after(delay, open);
  }

  function retryNow(): void {
    if (state.kind === 'waiting' || state.kind === 'refused') open();
  }

  function lose(): void {
    if (state.kind !== 'online') return;
    waitAndRetry();
    wire.drop();
  }

  function moveWhenQuiet(): void {
    if (movingMs !== null && inFlight === 0) lose();
  }

  async function ask(event: string, input: unknown): Promise<Answer<unknown>> {
    if (state.kind !== 'online' || !wire.connected()) return unavailable;
    inFlight += 1;
    try {
      const answer = await wire.ask(event, input, ACK_TIMEOUT_MS);
      return isAnswer(answer) ? answer : unavailable;
    } catch {
      return unavailable;
    } finally {
      inFlight -= 1;
      moveWhenQuiet();
    }
  }

  return {
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => void stateListeners.delete(listener);
    },
    on(event, listener) {
      const listeners = eventListeners.get(event) ?? new Set();
      if (!eventListeners.has(event)) {
        eventListeners.set(event, listeners);
        wire.on(event, (input) => {
          for (const each of listeners) each(input);
        });
      }
      const typed = listener as (input: unknown) => void;
      listeners.add(typed);
      return () => void listeners.delete(typed);
    },
    // The server answers each event with the output the protocol names beside it.
    request: (event, input) => ask(event, input) as Promise<Answer<never>>,
    tell(event, input) {
      if (state.kind === 'online') wire.tell(event, input);
    },
    retryNow,
    restart() {
      if (state.kind === 'closed') return;
      failures = 0;
      enter({ kind: 'connecting' });
      wire.drop();
      wire.open();
    },
    close() {
      network.removeEventListener('online', retryNow);
      network.removeEventListener('offline', lose);
      enter({ kind: 'closed' });
      wire.drop();
    },
  };
}

const unavailable: Answer<never> = {
  ok: false,
  error: { code: 'unavailable', message: 'No answer from the server.' },
};

function refusalCode(error: unknown): ErrorCode | null {
  if (!isRecord(error) || !isRecord(error.data) || typeof error.data.code !== 'string') return null;
  return error.data.code as ErrorCode;
}

function isAnswer(value: unknown): value is Answer<unknown> {
  return isRecord(value) && typeof value.ok === 'boolean';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
