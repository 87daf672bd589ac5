import type { ErrorCode, Refusal } from '@/lib/domain/errors';
import type { Answer, Sent } from '@/lib/protocol';
import type { Clock } from './clock';
import { fullJitter } from './full-jitter';
import type { KeyValue } from './storage';

const RETRY = { baseMs: 500, capMs: 15_000 };
const KEY = 'outbox:';
const FINAL: readonly ErrorCode[] = ['invalid', 'forbidden', 'not_found'];

/**
 * A message on its way. `sent`: acknowledged, shown until its event arrives. `failed`: refused for good; the text stays
 * for the writer. `order` is the moment of writing and rises strictly.
 */
export interface OutboxItem {
  clientId: string;
  body: string;
  order: number;
  status: 'waiting' | 'sending' | 'sent' | 'failed';
  refusal: Refusal | null;
  sent: Sent | null;
}

export interface Outbox {
  items(): readonly OutboxItem[];
  add(body: string): OutboxItem;
  /** Sends what waits, oldest first, one at a time. */
  resume(): void;
  pause(): void;
  /** Sends a failed message again, after everything written since, under its old client id. */
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** Forgets what is known to have arrived. */
  settle(hasArrived: (item: OutboxItem) => boolean): void;
  clear(): void;
}

interface OutboxOptions {
  send(input: { clientId: string; body: string }): Promise<Answer<Sent>>;
  storage: KeyValue;
  clock: Clock;
  random: () => number;
  newId: () => string;
  onChange(items: readonly OutboxItem[]): void;
  onSent(item: OutboxItem, sent: Sent): void;
}

/**
 * Messages written here leave in the order of writing, each until the server says yes or a final no. A lost answer is
 * asked for again with the same client id, which the server recognises: nothing is lost and nothing is doubled.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, clock } = options;
  let items = load(storage);
  let open = false;
  let busy = false;
  let failures = 0;
  let cancelRetry = () => {};

  function change(next: OutboxItem[]): void {
    items = next;
    options.onChange(items);
  }

  function update(clientId: string, part: Partial<OutboxItem>): void {
    change(items.map((item) => (item.clientId === clientId ? { ...item, ...part } : item)));
  }

  function nextOrder(): number {
    return Math.max(clock.now(), 1 + Math.max(0, ...items.map((item) => item.order)));
  }

  function pump(): void {
    const next = items.find((item) => item.status === 'waiting');
    if (!open || busy || next === undefined) return;
    busy = true;
    cancelRetry();
    update(next.clientId, { status: 'sending' });
    void options.send({ clientId: next.clientId, body: next.body }).then((answer) => {
      busy = false;
      if (items.some((item) => item.clientId === next.clientId)) settleAnswer(next, answer);
      pump();
    });
  }

  function settleAnswer(item: OutboxItem, answer: Answer<Sent>): void {
    if (answer.ok) {
      failures = 0;
      storage.remove(KEY + item.clientId);
      update(item.clientId, { status: 'sent', sent: answer.data });
      options.onSent(item, answer.data);
    } else if (FINAL.includes(answer.error.code)) {
      update(item.clientId, { status: 'failed', refusal: answer.error });
      keep(item.clientId);
    } else {
      update(item.clientId, { status: 'waiting' });
      retryLater();
    }
  }

  function retryLater(): void {
    if (!open) return;
    open = false;
    cancelRetry = clock.after(fullJitter(failures++, RETRY, options.random), () => {
      open = true;
      pump();
    });
  }

  function keep(clientId: string): void {
    const item = items.find((each) => each.clientId === clientId);
    if (item) storage.set(KEY + clientId, JSON.stringify(item));
  }

  return {
    items: () => items,
    add(body) {
      const item: OutboxItem = {
        clientId: options.newId(),
        body,
        order: nextOrder(),
        status: 'waiting',
        refusal: null,
        sent: null,
      };
      change([...items, item]);
      keep(item.clientId);
      pump();
      return item;
    },
    resume() {
      cancelRetry();
      open = true;
      failures = 0;
      pump();
    },
    pause() {
      cancelRetry();
      open = false;
    },
    retry(clientId) {
      const item = items.find((each) => each.clientId === clientId && each.status === 'failed');
      if (item === undefined) return;
      const again: OutboxItem = { ...item, order: nextOrder(), status: 'waiting', refusal: null };
      change([...items.filter((each) => each !== item), again]);
      keep(clientId);
      pump();
    },
    discard(clientId) {
      storage.remove(KEY + clientId);
      change(items.filter((item) => item.clientId !== clientId));
    },
    settle(hasArrived) {
      const arrived = items.filter(hasArrived);
      if (arrived.length === 0) return;
      for (const item of arrived) storage.remove(KEY + item.clientId);
      change(items.filter((item) => !arrived.includes(item)));
    },
    clear() {
      for (const item of items) storage.remove(KEY + item.clientId);
      change([]);
    },
  };
}

/** Each message has a key of its own, so that two tabs never overwrite each other's. */
function load(storage: KeyValue): OutboxItem[] {
  return storage
    .keys(KEY)
    .map((key) => parse(storage.get(key)))
    .filter((item) => item !== null)
    .sort((a, b) => a.order - b.order);
}

function parse(text: string | null): OutboxItem | null {
  if (text === null) return null;
  try {
    const item = JSON.parse(text) as Partial<OutboxItem>;
    if (typeof item.clientId !== 'string' || typeof item.body !== 'string') return null;
    const failed = item.status === 'failed';
    return {
      clientId: item.clientId,
      body: item.body,
      order: typeof item.order === 'number' ? item.order : 0,
      status: failed ? 'failed' : 'waiting',
      refusal: failed ? (item.refusal ?? null) : null,
      sent: null,
    };
  } catch {
    return null;
  }
}
