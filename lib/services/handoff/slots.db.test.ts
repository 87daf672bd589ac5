import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { type Database, openDatabase } from '@/db/client';
import { recountSlots } from '@/db/queries/agents';
import { randomFrom } from '@/db/seed/random';
import type { AgentActor } from '@/lib/domain/actor';
import { DEFAULT_QUEUE_SETTINGS } from '@/lib/domain/queue-settings';
import { readOwnPresence } from '../agent/read';
import { goneForGood } from '../agent/testing';
import { verifyAudit } from '../audit/verify';
import { takeover } from '../conversation/takeover';
import { AppError } from '../errors';
import { addNote } from '../message/add-note';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { acceptRing, declineRing } from '../routing/answer-ring';
import { stepRouting } from '../routing/step';
import { changeQueue } from '../settings/change-queue';
import { expectRefused, headOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { accept } from './accept';
import { claim } from './claim';
import { handBack } from './hand-back';
import { reassign } from './reassign';
import { release } from './release';
import { requestPerson } from './request';
import { resolve } from './resolve';
import { transfer } from './transfer';
import { withdrawTransfer } from './withdraw-transfer';

const isRefusal = (reason: unknown) => reason instanceof AppError || reason instanceof ZodError;
let world: TestWorld;
let admin: AgentActor;
beforeEach(async () => {
  world = await openTestWorld();
  admin = await world.agent('Ada', 'admin');
});
afterEach(() => world.close());

const rule = async (waitingFreesSlot: boolean) => {
  const { version: _, ...shipped } = DEFAULT_QUEUE_SETTINGS;
  const { version } = world.ctx.settings.queue();
  await changeQueue(world.ctx, admin, { version, ...shipped, waitingFreesSlot });
};
const loadOf = async ({ id }: AgentActor) => {
  const [row] = await world.ctx.db.query<{ load: number }>('select load from users where id = $1::uuid', [
    id,
  ]);
  return row?.load;
};
/** Whatever happened: each load is what is counted for the agent, and a ring counts. */
const expectLoads = async () => {
  const counted = `(select count(*)::int from conversations c
    where (c.agent_id = u.id and c.holds_slot) or c.ring_agent_id = u.id)`;
  const wrong = await world.ctx.db.query(
    `select name, load, ${counted} as counted from users u where load <> ${counted}`,
  );
  expect(wrong).toEqual([]);
};
/** And what is counted is what the rule says. */
const expectExact = async (waitingFreesSlot: boolean) => {
  await expectLoads();
  const astray = await world.ctx.db.query(
    `select id, state, awaiting_since, holds_slot from conversations
     where holds_slot <> (state = 'active' and not ($1::boolean and awaiting_since is null))`,
    [waitingFreesSlot],
  );
  expect(astray).toEqual([]);
};
const claimed = async (agent: AgentActor) => {
  const { conversationId, handoffId, visitor } = await world.conversation('pending');
  const { ownerEpoch } = await claim(world.ctx, agent, { conversationId, handoffId });
  const clientId = () => world.nextClientId();
  return {
    held: { conversationId, ownerEpoch },
    answer: () =>
      sendAsAgent(world.ctx, agent, { conversationId, ownerEpoch, clientId: clientId(), body: 'A word.' }),
    write: () => sendAsVisitor(world.ctx, visitor, { clientId: clientId(), body: 'And another.' }),
  };
};

describe('a conversation that waits for its customer', () => {
  it('takes a slot as any other until an admin says otherwise', async () => {
    const agent = await world.agent('One', 'agent', undefined, 1);
    const talk = await claimed(agent);
    await talk.answer();
    expect(await loadOf(agent)).toBe(1);
    await rule(true);
    expect(await loadOf(agent)).toBe(0);
    await rule(false);
    expect(await loadOf(agent)).toBe(1);
    await expectExact(false);
  });

  it('frees its slot with the answer and takes it again with the next word, above the capacity too', async () => {
    await rule(true);
    const agent = await world.agent('One', 'agent', undefined, 1);
    const first = await claimed(agent);
    expect(await loadOf(agent)).toBe(1);
    await first.answer();
    await first.answer();
    expect(await loadOf(agent)).toBe(0);
    const second = await claimed(agent);
    expect(await loadOf(agent)).toBe(1);
    await first.write();
    await first.write();
    expect(await loadOf(agent)).toBe(2);
    const third = await world.conversation('pending');
    const { conversationId, handoffId } = third;
    await expectRefused(world, 'limit', () => claim(world.ctx, agent, { conversationId, handoffId }));
    await first.answer();
    await second.answer();
    await resolve(world.ctx, agent, first.held);
    await release(world.ctx, agent, second.held);
    expect(await loadOf(agent)).toBe(0);
    await expectExact(true);
  });

  it('needs no free slot where it is given to a colleague', async () => {
    await rule(true);
    const full = await world.agent('Full', 'agent', undefined, 1);
    await claimed(full);
    const talk = await claimed(world.ana);
    const to = { kind: 'agent' as const, id: full.id };
    const input = { ...talk.held, to, note: '' };
    await expectRefused(world, 'limit', () => reassign(world.ctx, admin, input));
    await talk.answer();
    await reassign(world.ctx, admin, input);
    expect(await loadOf(full)).toBe(1);
    await talk.write();
    expect(await loadOf(full)).toBe(2);
    await expectExact(true);
  });
});

it('frees a slot that is being taken in the same moment, and none that nobody has', async () => {
  const agent = await world.agent('One', 'agent', undefined, 1);
  const other = openDatabase(world.databaseUrl, { connections: 1 });
  const change = (db: Database, by: number) =>
    db.query('update users set load = load + $2::int where id = $1::uuid', [agent.id, by]);
  await other.query('begin');
  await change(other, 1);
  const freed = change(world.ctx.db, -1);
  await waitsForALock();
  await other.query('commit');
  await freed;
  expect(await loadOf(agent)).toBe(0);
  await expect(change(world.ctx.db, -1)).rejects.toMatchObject({ constraint_name: 'users_load_counts' });
  expect(await loadOf(agent)).toBe(0);
  await other.close();

  async function waitsForALock(): Promise<void> {
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(() => world.ctx.db.query(waiting)).toHaveLength(1);
  }
});

it.each([1, 2, 3])('loads stay exact over whatever happens at once, in any order (%i)', async (seed) => {
  const random = randomFrom(seed);
  const agents = [
    await world.agent('Ida', 'supervisor', undefined, 2),
    await world.agent('Jon', 'supervisor', undefined, 3),
    await world.agent('Kim', 'supervisor', undefined, 1),
  ];
  const talks = [
    await world.conversation('pending'),
    await world.conversation('pending'),
    await world.conversation('bot'),
    await world.conversation('pending'),
  ];
  const owned = async (conversationId: string) => {
    const head = await headOf(world, conversationId);
    const agent = agents.find(({ id }) => id === head.agent_id) ?? random.pick(agents);
    return {
      agent,
      held: { conversationId, ownerEpoch: head.owner_epoch },
      handoffId: head.handoff_id ?? '',
    };
  };
  const steps: ((talk: (typeof talks)[number]) => Promise<unknown>)[] = [
    async ({ conversationId }) => {
      const { handoffId } = await owned(conversationId);
      const over = random.chance(0.2) ? { override: true as const } : {};
      return claim(world.ctx, random.pick(agents), { conversationId, handoffId, ...over });
    },
    async ({ conversationId }) => takeover(world.ctx, random.pick(agents), { conversationId }),
    async ({ conversationId }) => {
      const { agent, held } = await owned(conversationId);
      return sendAsAgent(world.ctx, agent, { ...held, clientId: world.nextClientId(), body: 'Here.' });
    },
    ({ visitor }) => sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Well?' }),
    ({ conversationId }) =>
      addNote(world.ctx, random.pick(agents), {
        conversationId,
        clientId: world.nextClientId(),
        body: 'Hm.',
      }),
    async ({ conversationId }) => {
      const { agent, held } = await owned(conversationId);
      const over = random.chance(0.3) ? { override: true as const } : {};
      const to = random.chance(0.8)
        ? { kind: 'agent' as const, id: random.pick(agents).id }
        : { kind: 'team' as const, id: world.teams.orders };
      return transfer(world.ctx, agent, { ...held, to, note: '', ...over });
    },
    async ({ conversationId }) => {
      const { agent, held } = await owned(conversationId);
      return random.pick([release, handBack, resolve])(world.ctx, agent, held);
    },
    async ({ conversationId, visitor }) => {
      await requestPerson(world.ctx, visitor);
      const handoffId = (await visitorSnapshot(world.ctx, conversationId)).handoff?.id ?? '';
      return accept(world.ctx, visitor, { handoffId, details: 'later' });
    },
    async ({ conversationId }) => {
      const { agent, held } = await owned(conversationId);
      return withdrawTransfer(world.ctx, agent, held);
    },
    async () => {
      const agent = random.pick(agents);
      const { ring } = await readOwnPresence(world.ctx, agent.id);
      const answer = random.pick([acceptRing, acceptRing, declineRing]);
      return (
        ring && answer(world.ctx, agent, { conversationId: ring.conversationId, handoffId: ring.handoffId })
      );
    },
    async ({ conversationId }) => {
      const { held } = await owned(conversationId);
      const to = { kind: 'agent' as const, id: random.pick(agents).id };
      return reassign(world.ctx, admin, { ...held, to, note: '' });
    },
    async ({ conversationId }) => {
      world.clock.now += random.chance(0.5) ? 31_000 : 0;
      return stepRouting(world.ctx, { conversationId });
    },
    async () => goneForGood(world.ctx, random.pick(agents)),
  ];
  let frees = false;
  for (let round = 0; round < 60; round++) {
    world.clock.now += 1;
    const acts = Array.from({ length: 3 }, () => random.pick(steps)(random.pick(talks)));
    const changes = random.chance(0.15);
    if (changes) {
      frees = !frees;
      acts.push(rule(frees));
    }
    for (const act of await Promise.allSettled(acts)) {
      if (act.status === 'rejected') expect(act.reason).toSatisfy(isRefusal);
    }
    await expectLoads();
    // What was on its way by the old rule is brought to the new one with its next word, or by the next look.
    if (changes) await recountSlots(world.ctx.db, frees);
    await expectExact(frees);
  }
  expect((await verifyAudit(world.ctx, () => {})).faults).toEqual([]);
});
