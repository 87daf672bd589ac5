import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '@/db/client';
import { readView } from '@/db/queries/views';
import { TEAM_LISTS } from '@/lib/protocol';
import type { Context } from '../context';
import { readAsAgent } from '../conversation/mark-read';
import { claim } from '../handoff/claim';
import { prioritise } from '../handoff/prioritise';
import { release } from '../handoff/release';
import { resolve } from '../handoff/resolve';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { evaluateSla } from '../sla/evaluate';
import { openTestWorld, type TestWorld } from '../testing';
import { admitVisitor } from '../visitor/open-session';
import { KnownRows } from './known-rows';
import { readLiveView, readResolvedPage } from './read';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const MINUTE = 60_000;

/** Every list there is, as this context reads it. */
async function lists(ctx: Context) {
  const keys = [
    'live',
    ...TEAM_LISTS.map((list) => `${list}:${world.teams.returns}`),
    `mine:${world.ana.id}`,
  ];
  const live = await Promise.all(
    keys.map((key) => readLiveView(ctx, key as Parameters<typeof readLiveView>[1])),
  );
  return [...live, await readResolvedPage(ctx, world.ana, { before: null })];
}

const knowsNothing = (): Context => ({ ...world.ctx, rows: new KnownRows(world.ctx.db) });

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
    const changes: Record<string, () => Promise<unknown>> = {
      'the visitor writes': () => sendAsVisitor(world.ctx, talking.visitor, words()),
      'who waits writes': () => sendAsVisitor(world.ctx, waiting.visitor, words()),
      'the visitor signs in': () => admitVisitor(world.ctx, world.signedIn(waiting.visitor, 'cy')),
      'the visitor goes by another name': () =>
        admitVisitor(world.ctx, world.signedIn(waiting.visitor, 'cy', 'Cyan Marsh')),
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
    await lists(world.ctx);
    for (const [what, change] of Object.entries(changes)) {
      const before = await lists(world.ctx);
      await change();
      const after = await lists(world.ctx);
      expect(after, what).toEqual(await lists(knowsNothing()));
      expect(after, `${what}: seen in a list`).not.toEqual(before);
    }
  });

  it('are read again only where one moved', async () => {
    const made = [await world.conversation('active'), await world.conversation('active')];
    const asked: unknown[] = [];
    const db: Database = {
      ...world.ctx.db,
      orm: world.ctx.db.orm,
      query: (text, parameters) => {
        asked.push(parameters?.[0]);
        return world.ctx.db.query(text, parameters);
      },
    };
    const rows = new KnownRows(db);
    const standing = async () => (await readView(world.ctx.db, 'mine', world.ana.id, 50)).standing;
    await rows.of(await standing());
    expect(asked).toHaveLength(1);
    await rows.of(await standing());
    expect(asked).toHaveLength(1);
    world.clock.now += MINUTE;
    const [moved] = made;
    if (!moved) throw new Error('Two were made');
    await sendAsVisitor(world.ctx, moved.visitor, { clientId: world.nextClientId(), body: 'And now?' });
    const [row] = await rows.of(await standing());
    expect(row?.preview).toBe('And now?');
    expect(asked.slice(1)).toEqual([[moved.conversationId]]);
  });

  it('are forgotten rather than grow without end', async () => {
    const few = new KnownRows(world.ctx.db, 2);
    await Promise.all([
      world.conversation('pending'),
      world.conversation('pending'),
      world.conversation('pending'),
    ]);
    const { standing } = await readView(world.ctx.db, 'team', world.teams.returns, 50);
    expect(standing.length).toBeGreaterThan(2);
    for (const _ of [1, 2]) {
      expect((await few.of(standing)).map(({ conversationId }) => conversationId)).toEqual(
        standing.map(({ conversationId }) => conversationId),
      );
    }
  });
});
