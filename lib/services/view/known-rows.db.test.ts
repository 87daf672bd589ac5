import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readView } from '@/db/queries/views';
import { type LiveViewKey, TEAM_LISTS } from '@/lib/protocol';
import { readAsAgent } from '../conversation/mark-read';
import { claim } from '../handoff/claim';
import { prioritise } from '../handoff/prioritise';
import { release } from '../handoff/release';
import { resolve } from '../handoff/resolve';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { followNotices } from '../notices';
import { evaluateSla } from '../sla/evaluate';
import { openTestWorld, type TestWorld } from '../testing';
import { admitVisitor } from '../visitor/open-session';
import { KNOWN_NONE, type KnownRows, knownWithout } from './known-rows';
import { readLiveView, readResolvedPage } from './read';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const MINUTE = 60_000;

const keys = (): LiveViewKey[] => [
  'live',
  ...TEAM_LISTS.map((list): LiveViewKey => `${list}:${world.teams.returns}`),
  `mine:${world.ana.id}`,
];

/** What was told of since it was asked last. */
function changedSince(): Set<string> {
  return new Set(world.published.splice(0).map(({ committed }) => committed.head.id));
}

/** Every list there is, by what is known of each, which it then adds to. */
async function lists(known: Map<LiveViewKey, KnownRows>) {
  const changed = changedSince();
  const read = keys().map(async (key) => {
    const before = knownWithout(known.get(key) ?? KNOWN_NONE, changed);
    const { known: next, ...shown } = await readLiveView(world.ctx, key, before);
    known.set(key, next);
    return shown;
  });
  return [...(await Promise.all(read)), await readResolvedPage(world.ctx, world.ana, { before: null })];
}

describe('a row', () => {
  it('tells what the customer has bought so far, in the currency of the widget, and nothing where that is not known', async () => {
    const [known, unknown] = [await world.conversation('bot'), await world.conversation('bot')];
    await admitVisitor(world.ctx, world.signedIn(known.visitor, 'val'));
    await world.ctx.db.query(`update customers set lifetime_value = 5240.5 where external_id = 'val'`);
    const { rows } = await readLiveView(world.ctx, 'live', KNOWN_NONE);
    const worthOf = (id: string) => rows.find(({ conversationId }) => conversationId === id)?.lifetimeValue;
    expect(worthOf(known.conversationId)).toEqual({ amount: 5240.5, currency: 'EUR' });
    expect(worthOf(unknown.conversationId)).toBeNull();
  });
});

describe('rows that are known', () => {
  it('show after every change what a process shows that knows none', async () => {
    const words = () => ({ clientId: world.nextClientId(), body: 'Still here.' });
    const [talking, waiting, active] = [
      await world.conversation('bot'),
      await world.conversation('pending'),
      await world.conversation('active'),
    ];
    const { conversationId, handoffId } = waiting;
    let { ownerEpoch } = active;
    const known = new Map<LiveViewKey, KnownRows>();
    const changes: Record<string, () => Promise<unknown>> = {
      'the visitor writes': () => sendAsVisitor(world.ctx, talking.visitor, words()),
      'who waits writes': () => sendAsVisitor(world.ctx, waiting.visitor, words()),
      'the visitor signs in': () => admitVisitor(world.ctx, world.signedIn(waiting.visitor, 'cy')),
      'the visitor goes by another name': async () => {
        const told = vi.fn();
        const nothing = () => {};
        await followNotices(world.ctx, {
          directory: async () => {},
          sessionEnded: nothing,
          agentChanged: nothing,
          settingsChanged: nothing,
          customersChanged: told,
        });
        await admitVisitor(world.ctx, world.signedIn(waiting.visitor, 'cy', 'Cyan Marsh'));
        await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
        known.clear();
      },
      'it is given another priority': () =>
        prioritise(world.ctx, world.ana, { conversationId, handoffId, priority: 1 }),
      'the agent answers': () =>
        sendAsAgent(world.ctx, world.ana, { conversationId: active.conversationId, ownerEpoch, ...words() }),
      'the customer answers': () => sendAsVisitor(world.ctx, active.visitor, words()),
      'the agent reads': () =>
        readAsAgent(world.ctx, world.ana, { conversationId: active.conversationId, upTo: 1000 }),
      'it is in danger': () => {
        world.clock.now += 12 * MINUTE;
        return evaluateSla(world.ctx, conversationId);
      },
      'it is overdue': () => {
        world.clock.now += 60 * MINUTE;
        return evaluateSla(world.ctx, conversationId);
      },
      'it is released': () =>
        release(world.ctx, world.ana, { conversationId: active.conversationId, ownerEpoch }),
      'it is claimed again': async () => {
        const again = { conversationId: active.conversationId, handoffId: active.handoffId };
        ({ ownerEpoch } = await claim(world.ctx, world.ana, again));
      },
      'it is resolved': () =>
        resolve(world.ctx, world.ana, { conversationId: active.conversationId, ownerEpoch }),
    };
    for (const [what, change] of Object.entries(changes)) {
      const before = await lists(known);
      await change();
      const after = await lists(known);
      expect(after, what).toEqual(await lists(new Map()));
      expect(after, `${what}: seen in a list`).not.toEqual(before);
    }
  });

  it('are read again only where one changed', async () => {
    const [moved] = [await world.conversation('active'), await world.conversation('active')];
    const came = async (known: KnownRows) => {
      const { standing } = await readView(world.ctx.db, 'mine', world.ana.id, known, 50);
      return standing.flatMap(({ row }) => row?.conversationId ?? []);
    };
    const key: LiveViewKey = `mine:${world.ana.id}`;
    const first = await readLiveView(world.ctx, key);
    changedSince();
    expect(await came(KNOWN_NONE)).toHaveLength(first.rows.length);
    expect(await came(first.known)).toEqual([]);
    world.clock.now += MINUTE;
    await sendAsVisitor(world.ctx, moved.visitor, { clientId: world.nextClientId(), body: 'And now?' });
    const known = knownWithout(first.known, changedSince());
    expect(await came(known)).toEqual([moved.conversationId]);
    const then = await readLiveView(world.ctx, key, known);
    expect(then.rows[0]).toMatchObject({ conversationId: moved.conversationId, preview: 'And now?' });
  });

  it('let go of whoever has left', async () => {
    const { conversationId, ownerEpoch } = await world.conversation('active');
    const key: LiveViewKey = `mine:${world.ana.id}`;
    const first = await readLiveView(world.ctx, key);
    expect(first.known.has(conversationId)).toBe(true);
    await resolve(world.ctx, world.ana, { conversationId, ownerEpoch });
    expect((await readLiveView(world.ctx, key, first.known)).known.has(conversationId)).toBe(false);
  });
});
