import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { LiveViewKey, ViewDiff } from '@/lib/protocol';
import type { Context } from '@/lib/services/context';
import { sendAsVisitor } from '@/lib/services/message/send-as-visitor';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { ViewHub } from './view-hub';

let world: TestWorld;
let key: LiveViewKey;
beforeAll(async () => {
  world = await openTestWorld();
  key = `mine:${world.ana.id}`;
});
afterAll(() => world.close());

const told: ViewDiff[] = [];
beforeEach(() => {
  told.length = 0;
});

type Talk = Awaited<ReturnType<TestWorld['conversation']>>;
const write = ({ visitor }: Talk, body: string) =>
  sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body });
const tell = (hub: ViewHub, { conversationId }: Talk) =>
  hub.touch([key], { conversationId, movesClocks: false, movesQueue: false });
const previews = () => told.flatMap(({ upserts }) => upserts.map(({ preview }) => preview));

it('tells the row that changed and leaves the others as they are', async () => {
  const [one, other] = [await world.conversation('active'), await world.conversation('active')];
  const hub = new ViewHub(world.ctx, (diff) => told.push(diff));
  await hub.open(key);
  await write(other, 'Nobody says that I wrote.');
  await write(one, 'And I?');
  tell(hub, one);
  await vi.waitFor(() => expect(previews()).toEqual(['And I?']));
  hub.stop();
});

it('reads all of them anew where anything may be other', async () => {
  const talk = await world.conversation('active');
  const hub = new ViewHub(world.ctx, (diff) => told.push(diff));
  await hub.open(key);
  await write(talk, 'Told by nobody.');
  hub.forget();
  await vi.waitFor(() => expect(previews()).toEqual(['Told by nobody.']));
  hub.stop();
});

it('reads what changed while it was being read once more', async () => {
  const talk = await world.conversation('active');
  let held: Promise<void> | null = null;
  const { query } = world.ctx.db;
  const db: Context['db'] = {
    ...world.ctx.db,
    query: async (text, values) => {
      const rows = await query<never>(text, values);
      await held;
      return rows;
    },
  };
  const hub = new ViewHub({ ...world.ctx, db }, (diff) => told.push(diff));
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  const opened = hub.open(key);
  await write(talk, 'Meanwhile.');
  tell(hub, talk);
  held = null;
  release();
  const { rows } = await opened;
  const seen = () => [...rows.map(({ preview }) => preview), ...previews()];
  await vi.waitFor(() => expect(seen()).toContain('Meanwhile.'));
  hub.stop();
});

it('reads all of them anew after a reading that failed', async () => {
  const talk = await world.conversation('active');
  let broken = false;
  const { query } = world.ctx.db;
  const db: Context['db'] = {
    ...world.ctx.db,
    query: (text, values) =>
      broken ? Promise.reject(new Error('The line is down')) : query<never>(text, values),
  };
  const warned = vi.fn(() => {
    broken = false;
  });
  const quiet = () => {};
  const log = { debug: quiet, info: quiet, warn: warned, error: quiet };
  const hub = new ViewHub({ ...world.ctx, db, log }, (diff) => told.push(diff));
  await hub.open(key);
  await write(talk, 'Still told.');
  broken = true;
  tell(hub, talk);
  await vi.waitFor(() => expect(previews()).toEqual(['Still told.']), 3000);
  expect(warned).toHaveBeenCalledOnce();
  hub.stop();
});
