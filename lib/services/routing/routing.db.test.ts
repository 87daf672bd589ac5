import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDecisions, readRings } from '@/db/queries/routing';
import { leaseDueTimers, nextTimerAt } from '@/db/queries/timers';
import type { AgentActor } from '@/lib/domain/actor';
import { pickAgent } from '@/lib/domain/routing';
import { noteActivity } from '../agent/note-activity';
import { readOwnPresence } from '../agent/read';
import { setStatus } from '../agent/set-status';
import { AppError } from '../errors';
import { cancel } from '../handoff/cancel';
import { claim } from '../handoff/claim';
import { release } from '../handoff/release';
import { resolve } from '../handoff/resolve';
import { transfer } from '../handoff/transfer';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { changeQueue } from '../settings/change-queue';
import { evaluateSla } from '../sla/evaluate';
import { SLA_DUE } from '../sla/sla-timer';
import { expectRefused, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { acceptRing, declineRing } from './answer-ring';
import { findOrphans } from './orphans';
import { readRoutingDecisions } from './read-decisions';
import { hashOf } from './ring';
import { routeTeam } from './route-team';
import { stepRouting } from './step';
import { ringAt, setRouting } from './testing';
import { ROUTE_STEP, ROUTE_TEAM } from './timers';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

/** Everyone of before is gone, nothing waits, and these alone are at their desks. */
async function desks(...capacities: number[]): Promise<AgentActor[]> {
  await world.ctx.db.query(`update users set connected_until = null`);
  const agents: AgentActor[] = [];
  for (const [index, capacity] of capacities.entries()) {
    agents.push(await world.agent(`Agent ${index + 1}`, 'agent', [world.teams.returns], capacity));
  }
  await connect(agents);
  return agents;
}

async function connect(agents: readonly AgentActor[]): Promise<void> {
  await world.ctx.db.query('update users set connected_until = $2::timestamptz where id = any($1::uuid[])', [
    agents.map(({ id }) => id),
    new Date(world.clock.now + 365 * 24 * 60 * MINUTE),
  ]);
}

/** Runs the timers that are due, as the loop would, until none is. */
async function runDue(): Promise<void> {
  for (let turns = 0; turns < 100; turns++) {
    const due = await leaseDueTimers(world.ctx.db, world.clock.now, 15_000, 64);
    if (due.length === 0) return;
    for (const timer of due) {
      if (timer.kind === ROUTE_TEAM) await routeTeam(world.ctx, timer);
      else if (timer.kind === ROUTE_STEP) await stepRouting(world.ctx, timer);
      else if (timer.kind === SLA_DUE) await evaluateSla(world.ctx, timer.conversationId);
    }
  }
  throw new Error('The timers never come to rest');
}

/** Lets the time pass, timer by timer. */
async function pass(ms: number): Promise<void> {
  const until = world.clock.now + ms;
  for (;;) {
    await runDue();
    const at = await nextTimerAt(world.ctx.db);
    if (at === null || at > until) break;
    world.clock.now = Math.max(world.clock.now, at);
  }
  world.clock.now = until;
}

const rings = async (agents: readonly AgentActor[]) => {
  const found = await readRings(
    world.ctx.db,
    agents.map(({ id }) => id),
  );
  return Object.fromEntries(found.map((ring) => [ring.agentId, ring.handoffId]));
};
const load = async ({ id }: AgentActor) => (await readOwnPresence(world.ctx, id)).load;
const kinds = async ({ conversationId }: { conversationId: string }) =>
  (await logOf(world, conversationId)).map(({ kind }) => kind).filter((kind) => kind.startsWith('handoff.'));
const ids = ({ conversationId, handoffId }: { conversationId: string; handoffId: string }) => ({
  conversationId,
  handoffId,
});
const orphans = () => findOrphans(world.ctx);

beforeEach(async () => {
  await setRouting(world, {});
  await setRouting(world, {}, world.teams.orders);
  const waiting = await world.ctx.db.query<{ id: string; handoff_id: string; visitor_id: string }>(
    `select id, handoff_id, visitor_id from conversations where state = 'pending'`,
  );
  for (const { id, handoff_id, visitor_id } of waiting) {
    const visitor = { kind: 'visitor' as const, id: visitor_id, widgetId: '', conversationId: id };
    await cancel(world.ctx, visitor, { handoffId: handoff_id });
  }
  await runDue();
});

describe('pushed work', () => {
  it('rings at the agent whom the rule picks, and holds one of their slots', async () => {
    await setRouting(world, { mode: 'first_available' });
    const [first, second] = await desks(2, 2);
    if (!first || !second) throw new Error('No agents');
    await world.ctx.db.query('update users set idle_since = $2::timestamptz where id = $1::uuid', [
      first.id,
      new Date(world.clock.now - MINUTE),
    ]);
    await world.ctx.db.query('update users set idle_since = $2::timestamptz where id = $1::uuid', [
      second.id,
      new Date(world.clock.now - 2 * MINUTE),
    ]);
    const made = await world.conversation('pending');
    await runDue();
    expect(await rings([first, second])).toEqual({ [second.id]: made.handoffId });
    expect([await load(first), await load(second)]).toEqual([0, 1]);
    const { ring } = await readOwnPresence(world.ctx, second.id);
    expect(ring).toMatchObject({
      handoffId: made.handoffId,
      until: world.clock.now + 30 * SECOND,
      thenName: 'Agent 1',
      summary: 'Wants a refund.',
      why: { mode: 'first_available', idleMs: 2 * MINUTE, load: 0, capacity: 2 },
    });
    expect(await orphans()).toEqual([]);
  });

  it('is accepted once, keeps the slot that was held, and says so again when asked again', async () => {
    await setRouting(world, { mode: 'round_robin' });
    const [agent] = await desks(1);
    if (!agent) throw new Error('No agent');
    const made = await world.conversation('pending');
    await runDue();
    const { ownerEpoch } = await acceptRing(world.ctx, agent, ids(made));
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: agent.id,
    });
    expect(await load(agent)).toBe(1);
    expect(await acceptRing(world.ctx, agent, ids(made))).toEqual({ ownerEpoch });
    expect(await kinds(made)).toEqual([
      'handoff.offered',
      'handoff.queued',
      'handoff.rang',
      'handoff.claimed',
    ]);
    await resolve(world.ctx, agent, { conversationId: made.conversationId, ownerEpoch });
    expect(await load(agent)).toBe(0);
  });

  it('moves on when it is declined, and when nobody answers for as long as the team has set', async () => {
    await setRouting(world, { mode: 'round_robin', ringMs: 20 * SECOND });
    const agents = await desks(1, 1, 1);
    const made = await world.conversation('pending');
    await runDue();
    const [one] = Object.keys(await rings(agents));
    const first = agents.find(({ id }) => id === one);
    if (!first) throw new Error('It rings at nobody');
    await declineRing(world.ctx, first, ids(made));
    await runDue();
    const [two] = Object.keys(await rings(agents));
    expect(two).not.toBe(first.id);
    expect(await load(first)).toBe(0);
    await pass(20 * SECOND - 1);
    expect(Object.keys(await rings(agents))).toEqual([two]);
    await pass(1);
    await runDue();
    const [three] = Object.keys(await rings(agents));
    expect(new Set([one, two, three]).size).toBe(3);
    await expectRefused(world, 'conflict', () => acceptRing(world.ctx, first, ids(made)));
    expect(await kinds(made)).toEqual([
      'handoff.offered',
      'handoff.queued',
      'handoff.rang',
      'handoff.ringEnded',
      'handoff.rang',
      'handoff.ringEnded',
      'handoff.rang',
    ]);
    expect(await orphans()).toEqual([]);
  });

  it('asks again, after as long as a ring, when everybody there has declined', async () => {
    await setRouting(world, { mode: 'first_available' });
    const [agent] = await desks(1);
    if (!agent) throw new Error('No agent');
    const made = await world.conversation('pending');
    await runDue();
    await declineRing(world.ctx, agent, ids(made));
    await runDue();
    expect(await rings([agent])).toEqual({});
    expect(await orphans()).toEqual([]);
    // Others of the team are offline; who declined is asked after one more ring.
    await pass(31 * SECOND);
    await runDue();
    expect(await rings([agent])).toEqual({ [agent.id]: made.handoffId });
  });

  it('frees the slot when the customer leaves, and when a colleague takes it by hand', async () => {
    await setRouting(world, { mode: 'first_available' });
    const [agent] = await desks(2);
    if (!agent) throw new Error('No agent');
    const left = await world.conversation('pending');
    await runDue();
    expect(await load(agent)).toBe(1);
    await cancel(world.ctx, left.visitor, { handoffId: left.handoffId });
    expect([await load(agent), await rings([agent])]).toEqual([0, {}]);

    const taken = await world.conversation('pending');
    await runDue();
    expect(await rings([agent])).toEqual({ [agent.id]: taken.handoffId });
    await claim(world.ctx, world.ana, ids(taken));
    expect([await load(agent), await rings([agent])]).toEqual([0, {}]);
    await expectRefused(world, 'conflict', () => acceptRing(world.ctx, agent, ids(taken)));
    await expectRefused(world, 'conflict', () => acceptRing(world.ctx, agent, ids(left)));
  });

  it('is not given to whoever is away, full or not there; it rings when they come or come free', async () => {
    await setRouting(world, { mode: 'load_balanced' });
    const [agent] = await desks(1);
    if (!agent) throw new Error('No agent');
    await setStatus(world.ctx, agent, { status: 'away' });
    const made = await world.conversation('pending');
    const next = await world.conversation('pending');
    await runDue();
    expect(await rings([agent])).toEqual({});
    expect(await orphans()).toEqual([]);
    await setStatus(world.ctx, agent, { status: 'available' });
    await runDue();
    expect(await rings([agent])).toEqual({ [agent.id]: made.handoffId });
    await setStatus(world.ctx, agent, { status: 'busy' });
    await runDue();
    expect([await rings([agent]), await load(agent)]).toEqual([{}, 0]);
    await setStatus(world.ctx, agent, { status: 'available' });
    await runDue();
    expect(await rings([agent])).toEqual({ [agent.id]: next.handoffId });
    const { ownerEpoch } = await acceptRing(world.ctx, agent, ids(next));
    await pass(6 * MINUTE);
    expect(await rings([agent])).toEqual({});
    await resolve(world.ctx, agent, { conversationId: next.conversationId, ownerEpoch });
    await runDue();
    expect(await rings([agent])).toEqual({ [agent.id]: made.handoffId });
  });

  it('rings once an answer frees a slot, where waiting for the customer does, and with the first input of who was away', async () => {
    await setRouting(world, { mode: 'first_available' });
    const admin = await world.agent('Ada', 'admin', []);
    const queue = async (part: { waitingFreesSlot: boolean }) => {
      const { version, ...terms } = world.ctx.settings.queue();
      await changeQueue(world.ctx, admin, { version, ...terms, ...part });
    };
    const [ana] = (await desks(1)) as [AgentActor];
    const [held, next] = [await world.conversation('pending'), await world.conversation('pending')];
    await runDue();
    const { ownerEpoch } = await acceptRing(world.ctx, ana, ids(held));
    await runDue();
    const answer = async () => {
      const { conversationId } = held;
      const clientId = world.nextClientId();
      await sendAsAgent(world.ctx, ana, { conversationId, ownerEpoch, clientId, body: 'One moment.' });
      await runDue();
    };
    await answer();
    expect(await rings([ana])).toEqual({});
    await queue({ waitingFreesSlot: true });
    await runDue();
    expect(await rings([ana])).toEqual({ [ana.id]: next.handoffId });
    await declineRing(world.ctx, ana, ids(next));
    await sendAsVisitor(world.ctx, held.visitor, { clientId: world.nextClientId(), body: 'And now?' });
    const third = await world.conversation('pending');
    await runDue();
    expect(await rings([ana])).toEqual({});
    await answer();
    expect(await rings([ana])).toEqual({ [ana.id]: third.handoffId });
    expect(await load(ana)).toBe(1);
    await queue({ waitingFreesSlot: false });
    expect(await load(ana)).toBe(2);

    const [ben] = (await desks(1)) as [AgentActor];
    await noteActivity(world.ctx, ben);
    world.clock.now += 12 * MINUTE;
    const last = await world.conversation('pending');
    await runDue();
    expect(await rings([ben])).toEqual({});
    await noteActivity(world.ctx, ben);
    await runDue();
    expect(Object.keys(await rings([ben]))).toEqual([ben.id]);
    expect(await kinds(last)).toContain('handoff.queued');
  });

  it('does not come back at once to whoever gave it back', async () => {
    await setRouting(world, { mode: 'first_available' });
    const [agent] = await desks(2);
    if (!agent) throw new Error('No agent');
    const made = await world.conversation('pending');
    await runDue();
    const { ownerEpoch } = await acceptRing(world.ctx, agent, ids(made));
    await release(world.ctx, agent, { conversationId: made.conversationId, ownerEpoch });
    await runDue();
    expect(await rings([agent])).toEqual({});
    expect(await orphans()).toEqual([]);
  });
});

describe('two who change the same agents and the same team at once', () => {
  it('never wait for each other in a ring', async () => {
    await setRouting(world, { mode: 'first_available' });
    const [rung] = await desks(1000);
    const helper = await world.agent('Hanna', 'agent', [world.teams.returns], 1000);
    if (!rung) throw new Error('No agent');
    for (let round = 0; round < 40; round++) {
      const [held, rings] = [await world.conversation('pending'), await world.conversation('pending')];
      await claim(world.ctx, helper, ids(held));
      await ringAt(world.ctx, rung, world.teams.returns, rings);
      const { owner_epoch: ownerEpoch } = await headOf(world, held.conversationId);
      await Promise.all([
        claim(world.ctx, helper, ids(rings)),
        resolve(world.ctx, helper, { conversationId: held.conversationId, ownerEpoch }),
      ]);
    }
  });
});

describe('the fallback chain', () => {
  it('asks the next team after its wait, tells the customer, and still rings at the first', async () => {
    const { returns, orders } = world.teams;
    await setRouting(world, {
      mode: 'first_available',
      chain: [{ teamId: orders, afterMs: 2 * MINUTE }],
    });
    await setRouting(world, { mode: 'first_available' }, orders);
    const [specialist] = await desks(1);
    const generalist = await world.agent('Gail', 'agent', [orders], 1);
    if (!specialist) throw new Error('No agent');
    await setStatus(world.ctx, specialist, { status: 'away' });
    await connect([generalist]);
    const made = await world.conversation('pending');
    await pass(2 * MINUTE - 1);
    expect(await rings([specialist, generalist])).toEqual({});
    expect(await orphans()).toEqual([]);
    await pass(1);
    await runDue();
    expect(await rings([specialist, generalist])).toEqual({ [generalist.id]: made.handoffId });
    expect(await headOf(world, made.conversationId)).toMatchObject({ team_id: orders });
    await declineRing(world.ctx, generalist, ids(made));
    await setStatus(world.ctx, specialist, { status: 'available' });
    await runDue();
    expect(await rings([specialist, generalist])).toEqual({ [specialist.id]: made.handoffId });
    await acceptRing(world.ctx, specialist, ids(made));
    expect(await headOf(world, made.conversationId)).toMatchObject({
      team_id: returns,
      agent_id: specialist.id,
    });
    const widened = (await logOf(world, made.conversationId)).find(({ kind }) => kind === 'handoff.widened');
    expect(widened?.payload).toEqual({ handoffId: made.handoffId, fromTeamId: returns, teamId: orders });
  });

  it('refuses a team that is its own fallback, and one that does not exist', async () => {
    const chain = (teamId: string) => setRouting(world, { chain: [{ teamId, afterMs: 1000 }] });
    await expectRefused(world, 'invalid', () => chain(world.teams.returns));
    await expectRefused(world, 'not_found', () => chain(world.ctx.newId()));
  });
});

describe('a decision', () => {
  it('is stored with what it followed from: run again it picks the same, and the log holds its hash', async () => {
    await setRouting(world, {
      mode: 'skill_based',
      skills: [{ name: 'Repairs', level: 2 }],
      matchLanguage: true,
    });
    const agents = await desks(2, 2, 2);
    const [able, speechless, novice] = agents;
    if (!able || !speechless || !novice) throw new Error('No agents');
    const knows = (agent: AgentActor, level: number, languages: string[]) =>
      world.ctx.db.query('update users set skills = $2::jsonb, languages = $3::text[] where id = $1::uuid', [
        agent.id,
        { Repairs: level },
        languages,
      ]);
    await knows(able, 2, ['en']);
    await knows(speechless, 3, ['de']);
    await knows(novice, 1, ['en']);
    const made = await world.conversation('pending');
    await runDue();
    expect(await rings(agents)).toEqual({ [able.id]: made.handoffId });
    const [stored] = await readDecisions(world.ctx.db, made.conversationId, 10);
    if (!stored) throw new Error('Nothing stored');
    const { needs, policy, agents: kept } = stored.input;
    const again = pickAgent(
      needs,
      { version: stored.decision.snapshotVersion, agents: kept },
      policy,
      stored.decision.at,
    );
    expect(again.pick).toBe(able.id);
    expect(again.candidates).toEqual(stored.decision.candidates);
    expect(stored.decision.passedOver).toMatchObject({ lacks_language: 1, full: 0 });
    expect(stored.decision.policyVersion).toBe(world.ctx.settings.routing(world.teams.returns).version);
    const rang = (await logOf(world, made.conversationId)).find(({ kind }) => kind === 'handoff.rang');
    expect(rang?.payload).toMatchObject({ decisionId: stored.id, decisionHash: hashOf(stored.decision) });
  });

  it('is shown to those who lead the team, and to nobody else', async () => {
    await setRouting(world, { mode: 'first_available' });
    const [agent] = await desks(1);
    const lead = await world.agent('Lee', 'supervisor', [world.teams.returns]);
    const other = await world.agent('Max', 'supervisor', [world.teams.orders]);
    if (!agent) throw new Error('No agent');
    const { conversationId } = await world.conversation('pending');
    await runDue();
    const { decisions } = await readRoutingDecisions(world.ctx, lead, { conversationId });
    expect(decisions).toMatchObject([{ agentId: agent.id, candidates: [{ name: 'Agent 1' }] }]);
    await expectRefused(world, 'forbidden', () => readRoutingDecisions(world.ctx, agent, { conversationId }));
    await expectRefused(world, 'not_found', () => readRoutingDecisions(world.ctx, other, { conversationId }));
  });
});

describe('nobody waits without a next step', () => {
  it('whatever happens: the checker finds none, and every slot is accounted for', async () => {
    const { orders } = world.teams;
    await setRouting(world, {
      mode: 'round_robin',
      ringMs: 10 * SECOND,
      chain: [{ teamId: orders, afterMs: MINUTE }],
    });
    const agents = await desks(1, 2, 1);
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const open: Awaited<ReturnType<TestWorld['conversation']>>[] = [];
    const some = <T>(list: readonly T[]) => list[random(list.length)];
    for (let turn = 0; turn < 120; turn++) {
      const agent = some(agents);
      const made = some(open);
      const current = agent && (await readOwnPresence(world.ctx, agent.id)).ring;
      const head = made && (await headOf(world, made.conversationId));
      const owner = agents.find(({ id }) => id === head?.agent_id);
      const act = random(9);
      if (act <= 1 && open.length < 25) open.push(await world.conversation('pending'));
      else if (act === 2 && agent && current) await acceptRing(world.ctx, agent, ids(current));
      else if (act === 3 && agent && current) await declineRing(world.ctx, agent, ids(current));
      else if (act === 4 && agent) {
        await setStatus(world.ctx, agent, {
          status: some(['available', 'available', 'away', 'busy'] as const) ?? 'available',
        });
      } else if (act === 5 && made && owner && head) {
        const fenced = { conversationId: made.conversationId, ownerEpoch: head.owner_epoch };
        const way = random(3);
        const colleague = some(agents.filter(({ id }) => id !== owner.id));
        if (way === 0) await resolve(world.ctx, owner, fenced);
        else if (way === 1 && colleague) {
          const to = { kind: 'agent' as const, id: colleague.id };
          await transfer(world.ctx, owner, { ...fenced, to, note: '' }).catch((error: unknown) => {
            if (!(error instanceof AppError)) throw error;
          });
        } else await transfer(world.ctx, owner, { ...fenced, to: { kind: 'team', id: orders }, note: '' });
      } else if (act === 6 && made && head?.state === 'pending') {
        await cancel(world.ctx, made.visitor, { handoffId: made.handoffId });
      } else if (act === 7 && made && (head?.state === 'pending' || head?.state === 'active')) {
        await sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'Still here.' });
      } else await pass(random(20) * SECOND);
      if (random(3) === 0) await runDue();
      expect(await orphans(), `turn ${turn}`).toEqual([]);
    }
    await runDue();
    const counted = await world.ctx.db.query<{ id: string; load: number; held: number }>(
      `select u.id, u.load, (select count(*)::int from conversations c
         where (c.agent_id = u.id and c.state = 'active') or c.ring_agent_id = u.id) as held from users u`,
    );
    for (const { load: kept, held } of counted) expect(kept).toBe(held);
  });
});
