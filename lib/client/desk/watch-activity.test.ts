import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { ACTIVITY_TOLD_MS } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import type { DeskState } from './desk-store';
import { watchActivity } from './watch-activity';

const START = Date.UTC(2026, 10, 21, 9);
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(START);
});
afterEach(() => vi.useRealTimers());

const presence = (part: Partial<OwnPresence>): OwnPresence => ({
  status: 'available',
  awayAt: START + 600_000,
  load: 0,
  capacity: 4,
  ring: null,
  ...part,
});

function tab({ focused = false, offset = 0 } = {}) {
  const store = createStore(() => ({
    connection: { kind: 'online' },
    presence: null,
    clockOffset: offset,
  })) as unknown as Parameters<typeof watchActivity>[0]['store'];
  const page = Object.assign(new EventTarget(), { document: { hasFocus: () => focused } });
  const told: number[] = [];
  const tellActive = async () => void told.push(Date.now() - START);
  const stop = watchActivity({ store, tellActive }, page);
  return {
    told,
    stop,
    see: (part: Partial<DeskState>) => store.setState(part),
    input: (kind: string, atMs: number) => {
      vi.setSystemTime(START + atMs);
      page.dispatchEvent(new Event(kind));
    },
  };
}

it('tells of any input, at most once a minute', () => {
  const { told, see, input } = tab();
  see({ presence: presence({}) });
  expect(told).toEqual([]);
  for (const [index, kind] of ['keydown', 'pointermove', 'wheel', 'pointerdown', 'touchstart'].entries()) {
    input(kind, 1000 + index * 20_000);
  }
  expect(told).toEqual([1000, 1000 + ACTIVITY_TOLD_MS]);
});

it('tells at once of the first input after one was away, by the clock of the server', () => {
  const { told, see, input } = tab({ offset: 595_000 });
  see({ presence: presence({}) });
  input('keydown', 0);
  input('keydown', 4000);
  input('keydown', 6000);
  input('keydown', 6500);
  see({ presence: presence({ awayAt: START + 1_300_000 }) });
  input('keydown', 9000);
  expect(told).toEqual([0, 6000]);
});

it('tells of a page that is opened and looked at, once, and of none in the background', () => {
  const [seen, hidden] = [tab({ focused: true }), tab()];
  for (const { see } of [seen, hidden]) {
    see({ presence: presence({}) });
    see({ presence: presence({ load: 1 }) });
  }
  expect(seen.told).toEqual([0]);
  expect(hidden.told).toEqual([]);
});

it('is silent while there is no connection, and after the page is left', () => {
  const { told, see, input, stop } = tab();
  see({ presence: presence({}), connection: { kind: 'offline' } as unknown as DeskState['connection'] });
  input('keydown', 0);
  see({ connection: { kind: 'online' } as DeskState['connection'] });
  stop();
  input('keydown', 1000);
  expect(told).toEqual([]);
});
