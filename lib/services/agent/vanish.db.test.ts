import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DueTimer } from '@/db/queries/timers';
import type { AgentActor } from '@/lib/domain/actor';
import { verifyAudit } from '../audit/verify';
import type { Context } from '../context';
import { takeover } from '../conversation/takeover';
import { claim } from '../handoff/claim';
import { reassign } from '../handoff/reassign';
import { handOver } from '../handoff/testing';
import { addNote } from '../message/add-note';
import { sendAsAgent } from '../message/send-as-agent';
import { expectNoChange, handoffOf, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { startDue } from '../timer/run-due';
import { visitorSnapshot } from '../visitor/open-session';
import { leave } from './leave';
import { putOffAfterOutage } from './put-off';
import { renew } from './renew';
import { AGENT_VANISHED, vanish } from './vanish';

let world: TestWorld;
let sam: AgentActor;
beforeEach(async () => {
  world = await openTestWorld();
  sam = await world.agent('Sam Keller');
});
afterEach(() => world.close());

const LEASE = 45_000;
const GRACE = 60_000;

/** Runs what is due at this instant, as one server does. */
const runDue = async (ctx: Context = world.ctx) => {
  await Promise.all(await startDue(ctx, { [AGENT_VANISHED]: vanish, 'bot.turn': async () => {} }, () => {}));
};
const claimed = async (agent = sam) => {
  const { conversationId, handoffId, visitor } = await world.conversation('pending');
  const { ownerEpoch } = await claim(world.ctx, agent, { conversationId, handoffId });
  return { conversationId, handoffId, visitor, ownerEpoch };
};
const timerOf = async (agent: AgentActor): Promise<number | null> => {
  const [row] = await world.ctx.db.query<{ due_at: Date }>('select due_at from timers where key = $1::text', [
    `presence:${agent.id}`,
  ]);
  return row?.due_at.getTime() ?? null;
};
const rowOf = async (agent: AgentActor) => {
  const [row] = await world.ctx.db.query<{ load: number; connected_until: Date | null }>(
    'select load, connected_until from users where id = $1::uuid',
    [agent.id],
  );
  return { load: row?.load, until: row?.connected_until?.getTime() ?? null };
};

describe('an agent whom some server hears', () => {
  it('is connected for a lease, and has one timer that comes a grace after it', async () => {
    await renew(world.ctx, [sam.id]);
    const start = world.clock.now;
    expect(await rowOf(sam)).toMatchObject({ until: start + LEASE });
    expect(await timerOf(sam)).toBe(start + LEASE + GRACE);
    world.clock.now += 15_000;
    expect(await renew(world.ctx, [sam.id, world.ana.id])).toEqual({ againInMs: 15_000 });
    expect(await timerOf(sam)).toBe(start + 15_000 + LEASE + GRACE);
    expect(await timerOf(world.ana)).toBe(start + 15_000 + LEASE + GRACE);
  });

  it('keeps what they have when a server they left is not the only one', async () => {
    const held = await claimed();
    await renew(world.ctx, [sam.id]);
    await leave(world.ctx, [sam.id]);
    expect(await timerOf(sam)).toBe(world.clock.now + GRACE);
    world.clock.now += 14_000;
    await renew(world.ctx, [sam.id]);
    world.clock.now += GRACE - 14_000;
    await expectNoChange(world, () => runDue());
    expect(await headOf(world, held.conversationId)).toMatchObject({ state: 'active', agent_id: sam.id });
  });

  it('is never made to stay longer by a leave', async () => {
    await renew(world.ctx, [sam.id]);
    await leave(world.ctx, [sam.id]);
    const before = await rowOf(sam);
    world.clock.now += 10_000;
    await expectNoChange(world, () => leave(world.ctx, [sam.id]));
    expect(await rowOf(sam)).toEqual(before);
  });
});

describe('an agent who is gone', () => {
  const gone = async () => {
    await renew(world.ctx, [sam.id]);
    await leave(world.ctx, [sam.id]);
    world.clock.now += GRACE;
  };

  it('gives each conversation back to its queue once, in the place its first wait gives it', async () => {
    const held = [await claimed(), await claimed()];
    const bens = await claimed(world.ben);
    const [first] = held;
    if (!first) throw new Error('Nothing was claimed');
    const { queued_at } = await handoffOf(world, first.handoffId);
    await gone();
    await runDue();
    for (const { conversationId, handoffId, ownerEpoch } of held) {
      expect(await headOf(world, conversationId)).toMatchObject({
        state: 'pending',
        agent_id: null,
        team_id: world.teams.returns,
        owner_epoch: ownerEpoch + 1,
      });
      expect((await logOf(world, conversationId)).at(-1)).toMatchObject({
        kind: 'handoff.dropped',
        actor: { kind: 'system', job: 'presence' },
        payload: { handoffId, agentId: sam.id, agentName: 'Sam Keller', teamId: world.teams.returns },
      });
    }
    expect(await handoffOf(world, first.handoffId)).toMatchObject({
      state: 'pending',
      agent_id: null,
      claimed_at: null,
      queued_at,
    });
    expect(await rowOf(sam)).toMatchObject({ load: 0 });
    expect(await headOf(world, bens.conversationId)).toMatchObject({ agent_id: world.ben.id });
    expect(await timerOf(sam)).toBeNull();
    await expectNoChange(world, () => vanish(world.ctx, due()));
    expect(await verifyAudit(world.ctx, () => {})).toMatchObject({ faults: [] });
  });

  it('is told to the customer by name', async () => {
    const { conversationId } = await claimed();
    await gone();
    await runDue();
    const snapshot = await visitorSnapshot(world.ctx, conversationId);
    expect(snapshot).toMatchObject({ state: 'pending', handoff: { state: 'pending', agentName: null } });
    expect(snapshot.events.at(-1)).toMatchObject({
      kind: 'handoff',
      change: 'dropped',
      byName: 'Sam Keller',
    });
  });

  it('may not write any more, and a colleague may claim', async () => {
    const { conversationId, handoffId, ownerEpoch } = await claimed();
    await gone();
    await runDue();
    const words = { clientId: world.nextClientId(), body: 'Back again' };
    await expect(sendAsAgent(world.ctx, sam, { conversationId, ownerEpoch, ...words })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    await claim(world.ctx, world.ben, { conversationId, handoffId });
  });

  it('who had it of no team gives it to the queue of the widget', async () => {
    const { conversationId } = await world.conversation('bot');
    await takeover(world.ctx, sam, { conversationId });
    await world.ctx.db.query('update conversations set team_id = null where id = $1::uuid', [conversationId]);
    await gone();
    await runDue();
    expect(await headOf(world, conversationId)).toMatchObject({
      state: 'pending',
      team_id: world.teams.returns,
    });
  });

  it('keeps what was given away or came back in between, however often the timer runs', async () => {
    const [given, kept] = [await claimed(), await claimed()];
    await gone();
    await handOver(world.ctx, sam, world.ben, given);
    await Promise.all([runDue(), runDue(), vanish(world.ctx, due())]);
    expect(await headOf(world, given.conversationId)).toMatchObject({ agent_id: world.ben.id });
    const kinds = (await logOf(world, kept.conversationId)).map((event) => event.kind);
    expect(kinds.filter((kind) => kind === 'handoff.dropped')).toHaveLength(1);
  });

  it('a run that ends between two of them is finished by the next, and doubles nothing', async () => {
    const held = [await claimed(), await claimed(), await claimed()];
    await gone();
    let left = 2;
    const cut = {
      ...world.ctx,
      failpoint: (name: string) => {
        if (name === 'before-commit' && --left === 0) throw new Error('cut');
      },
    };
    await runDue(cut);
    world.clock.now += 1000;
    await runDue();
    for (const { conversationId } of held) {
      const kinds = (await logOf(world, conversationId)).map((event) => event.kind);
      expect(kinds.filter((kind) => kind === 'handoff.dropped')).toHaveLength(1);
    }
    expect(await timerOf(sam)).toBeNull();
  });

  it('gets a conversation from a colleague only for a grace', async () => {
    await gone();
    await runDue();
    const { conversationId, ownerEpoch } = await world.conversation('active');
    await reassign(world.ctx, await world.agent('Ada', 'admin'), {
      conversationId,
      ownerEpoch,
      to: { kind: 'agent', id: sam.id },
      note: '',
    });
    expect(await timerOf(sam)).toBe(world.clock.now + GRACE);
    world.clock.now += GRACE;
    await runDue();
    expect(await headOf(world, conversationId)).toMatchObject({ state: 'pending', agent_id: null });
  });

  const due = (): DueTimer => ({
    key: `presence:${sam.id}`,
    kind: AGENT_VANISHED,
    conversationId: '',
    dueAt: world.clock.now,
    attempts: 1,
  });
});

describe('an agent is not given up', () => {
  it('who never connected', async () => {
    const { conversationId } = await claimed();
    world.clock.now += 7 * 24 * 60 * 60_000;
    await vanish(world.ctx, {
      key: `presence:${sam.id}`,
      kind: AGENT_VANISHED,
      conversationId: '',
      dueAt: world.clock.now,
      attempts: 1,
    });
    expect(await headOf(world, conversationId)).toMatchObject({ agent_id: sam.id });
  });

  it('whom the server that asks hears, whatever the row says', async () => {
    const { conversationId } = await claimed();
    await renew(world.ctx, [sam.id]);
    world.clock.now += LEASE + GRACE;
    await runDue({ ...world.ctx, hears: (agentId) => agentId === sam.id });
    expect(await headOf(world, conversationId)).toMatchObject({ agent_id: sam.id });
    expect(await timerOf(sam)).toBe(world.clock.now + LEASE + GRACE);
  });

  it('by a timer that an outage kept from firing: they have the grace to come back', async () => {
    const { conversationId } = await claimed();
    await renew(world.ctx, [sam.id]);
    world.clock.now += LEASE + GRACE + 10_000;
    await runDue();
    expect(await headOf(world, conversationId)).toMatchObject({ agent_id: sam.id });
    world.clock.now += GRACE;
    await runDue();
    expect(await headOf(world, conversationId)).toMatchObject({ agent_id: null });
  });

  it('at a start after every server was gone, but at a start beside others that hear agents', async () => {
    await renew(world.ctx, [sam.id]);
    world.clock.now += LEASE + GRACE - 1000;
    await renew(world.ctx, [world.ana.id]);
    const before = await timerOf(sam);
    await putOffAfterOutage(world.ctx);
    expect(await timerOf(sam)).toBe(before);
    world.clock.now += LEASE;
    await putOffAfterOutage(world.ctx);
    expect(await timerOf(sam)).toBe(world.clock.now + GRACE);
  });
});

it('a note of a colleague does not stand in the way of the return', async () => {
  const { conversationId } = await claimed();
  await renew(world.ctx, [sam.id]);
  await leave(world.ctx, [sam.id]);
  world.clock.now += GRACE;
  let noted = false;
  const meanwhile = {
    ...world.ctx,
    failpoint: (name: string) => {
      if (name === 'before-commit') noted = true;
    },
  };
  await Promise.all([
    runDue(meanwhile),
    addNote(world.ctx, world.ben, { conversationId, clientId: world.nextClientId(), body: 'Known fault.' }),
  ]);
  expect(noted).toBe(true);
  expect(await headOf(world, conversationId)).toMatchObject({ state: 'pending', agent_id: null });
});
