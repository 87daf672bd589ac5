import type { Wire } from './socket-wire';

interface Asked {
  event: string;
  input: unknown;
  answer(value: unknown): Promise<void>;
  lose(): Promise<void>;
}

/** A wire for tests: the test plays the server. */
export interface FakeWire extends Wire {
  asked: Asked[];
  told: { event: string; input: unknown }[];
  opened: number;
  up(): Promise<void>;
  down(): Promise<void>;
  refuse(code: string | null): Promise<void>;
  emit(event: string, input: unknown): Promise<void>;
  /** The oldest unanswered question of that name; throws when there is none. */
  take(event: string): Asked;
}

export function fakeWire(): FakeWire {
  const listeners = new Map<string, ((input: unknown) => void)[]>();
  let connected = false;
  const emit = (event: string, input?: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(input);
    return settled();
  };
  const wire: FakeWire = {
    asked: [],
    told: [],
    opened: 0,
    connected: () => connected,
    open() {
      wire.opened += 1;
    },
    drop() {
      if (connected) void wire.down();
    },
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    ask: (event, input) =>
      new Promise((resolve, reject) => {
        const forget = () => {
          wire.asked = wire.asked.filter((each) => each !== asked);
        };
        const asked: Asked = {
          event,
          input,
          answer(value) {
            forget();
            resolve(value);
            return settled();
          },
          lose() {
            forget();
            reject(new Error('lost'));
            return settled();
          },
        };
        wire.asked.push(asked);
      }),
    tell: (event, input) => void wire.told.push({ event, input }),
    up() {
      connected = true;
      return emit('connect');
    },
    async down() {
      connected = false;
      for (const asked of wire.asked) void asked.lose();
      await emit('disconnect');
    },
    refuse: (code) => emit('connect_error', code === null ? {} : { data: { code } }),
    emit,
    take(event) {
      const found = wire.asked.find((each) => each.event === event);
      if (found === undefined) throw new Error(`Nobody asked ${event}`);
      return found;
    },
  };
  return wire;
}

/** Resolves when every promise that was ready has been followed up. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
