import { DEFAULT_ORDER, type PullMoment } from '@/lib/domain/order-of-service';
import {
  lacking,
  type RoutableAgent,
  requiredSkills,
  SKILL_LEVELS,
  type SkillLevel,
} from '@/lib/domain/routable-agent';
import type { Push, QueuedHandoff } from '@/lib/domain/routing';
import { RoutingBoard } from '@/lib/domain/routing-board';
import { orderOf } from '@/lib/domain/routing-rank';
import { DEFAULT_ROUTING, type PushMode } from '@/lib/domain/routing-settings';
import { seededRandom } from '@/lib/domain/test-wall-clock';
import { compare, type Measured, median, slope } from './statistics';

const ROUNDS = 9;
const PICKS = 2000;
const SCANS = 100;
const GETS = 200_000;
const READS = 20_000;
const AGENTS = 1000;
const CAPACITY = 4;
/** Without the overflow slot, so that the scan needs no second pass. */
const ORDER = { ...DEFAULT_ORDER, overflowSlots: 0 };
const QUEUES = [1000, 10_000, 100_000] as const;
const SHOWN = [10_000, 100_000] as const;
const MODES: readonly PushMode[] = ['round_robin', 'first_available', 'load_balanced', 'skill_based'];
const AT_MOST_US = 5;
const TEAM = 'team';
const SKILLS = ['refunds', 'api', 'invoices', 'hardware', 'security', 'onboarding'];
const LANGUAGES = ['en', 'fr', 'de', 'es'];
const TARGETS_MS = { 1: 120_000, 2: 300_000, 3: 900_000, 4: 3_600_000 };

/**
 * Who is next and who is given it, with the whole decision to be stored, against a scan of all agents for the best one
 * alone and against a Map.get. Every push is taken or declined, and slots come free, so that each pick finds other
 * agents and another queue; these changes are not in its time.
 */
export async function routeDecide(): Promise<Measured[]> {
  return MODES.flatMap((mode) => {
    const desks = QUEUES.map((queued) => new Desk(mode, queued));
    for (const desk of desks) desk.measure();
    const rounds = Array.from({ length: ROUNDS }, (_, round) => {
      const inTurn = round % 2 === 0 ? desks : [...desks].reverse();
      return new Map(inTurn.map((desk) => [desk.queued, desk.measure()]));
    });
    const of = (queued: number, name: keyof Timed) =>
      rounds.map((round) => round.get(queued)?.[name] ?? Number.NaN);
    const beside = (queued: number, floor: 'scan' | 'get', what: string): Measured => {
      const about = { id: 'route-decide', what: `${mode}, ${queued} queued / ${what}`, unit: 'us' };
      const measured = compare(about, of(queued, 'pick'), of(queued, floor), { atMost: 1 });
      return { ...measured, target: `<= ${AT_MOST_US} us`, met: measured.value <= AT_MOST_US };
    };
    const slopes = (name: keyof Timed) =>
      rounds.map((round) => slope([...round].map(([queued, timed]) => [queued, timed[name]])));
    const growth = { id: 'route-decide', what: `${mode}, slope in the queue / of one read of it`, unit: '' };
    return [
      ...SHOWN.flatMap((queued) => [
        beside(queued, 'scan', `scan of ${AGENTS} agents`),
        beside(queued, 'get', 'Map.get'),
      ]),
      // Even one read of a Map grows with it, as it fits the caches less.
      compare(growth, slopes('pick'), slopes('read'), { atMost: 1 }),
    ];
  });
}

interface Timed {
  pick: number;
  scan: number;
  get: number;
  /** One handoff of the queue, by its id, wherever it stands. */
  read: number;
}

/** A team of agents most of whom are full, and a queue that keeps its length. */
class Desk {
  readonly queued: number;
  readonly #mode: PushMode;
  readonly #board = new RoutingBoard();
  readonly #agents = new Map<string, RoutableAgent>();
  readonly #handoffs = new Map<string, QueuedHandoff>();
  readonly #random = seededRandom(11);
  #now = 1_000_000_000;
  #pulls = 0;
  #arrived = 0;

  constructor(mode: PushMode, queued: number) {
    this.queued = queued;
    this.#mode = mode;
    this.#board.setPolicy(TEAM, { ...DEFAULT_ROUTING, mode, order: ORDER });
    for (let index = 0; index < AGENTS; index++) this.#put(this.#someAgent(`agent-${index}`));
    for (let index = 0; index < queued; index++) this.#queue(this.#someHandoff(this.#random.int(1_200_000)));
  }

  measure(): Timed {
    const picks: number[] = [];
    const scans: number[] = [];
    while (picks.length < PICKS) {
      this.#now += 50;
      const moment = this.#moment();
      const started = performance.now();
      const push = this.#board.next(TEAM, moment);
      const took = performance.now() - started;
      if (push) {
        picks.push(took * 1000);
        if (picks.length % (PICKS / SCANS) === 0) scans.push(this.#timeScan(push));
        this.#follow(push);
      }
      this.#release();
    }
    return { pick: median(picks), scan: median(scans), get: this.#timeGet(), read: this.#timeRead() };
  }

  #timeScan({ handoffId, decision }: Push): number {
    const handoff = this.#handoffs.get(handoffId);
    if (!handoff) throw new Error('The board gave a handoff that does not wait.');
    const order = orderOf(this.#mode);
    const started = performance.now();
    const required = requiredSkills(handoff);
    let best: RoutableAgent | undefined;
    for (const agent of this.#agents.values()) {
      if (agent.status !== 'available' || agent.load >= agent.capacity) continue;
      if (handoff.declinedBy.includes(agent.id)) continue;
      if (this.#mode === 'skill_based' && lacking(agent, required, handoff.language)) continue;
      if (!best || order(agent, best) < 0) best = agent;
    }
    const took = (performance.now() - started) * 1000;
    if (best?.id !== decision.pick) throw new Error('The board and the scan pick another agent.');
    return took;
  }

  #timeGet(): number {
    const ids = [...this.#agents.keys()];
    let found = 0;
    const started = performance.now();
    for (let each = 0; each < GETS; each++) if (this.#agents.get(ids[each % AGENTS] ?? '')) found += 1;
    const took = (performance.now() - started) * 1000;
    if (found !== GETS) throw new Error('An agent is missing.');
    return took / GETS;
  }

  #timeRead(): number {
    const ids = [...this.#handoffs.keys()];
    const some = Array.from({ length: READS }, () => ids[this.#random.int(ids.length)] ?? '');
    let due = 0;
    const started = performance.now();
    for (const id of some) due += this.#handoffs.get(id)?.dueAt ?? 0;
    const took = (performance.now() - started) * 1000;
    if (due === 0) throw new Error('A handoff is missing.');
    return took / READS;
  }

  /** One in ten is declined and waits on; else the agent holds it and another customer comes. */
  #follow({ handoffId, decision }: Push): void {
    const handoff = this.#handoffs.get(handoffId);
    const agent = this.#agents.get(decision.pick ?? '');
    if (!handoff || !agent) throw new Error('The board gave what is not there.');
    this.#pulls += 1;
    if (this.#random.chance(0.1)) {
      this.#queue({ ...handoff, declinedBy: [...handoff.declinedBy, agent.id] });
      this.#put({ ...agent, lastPushedAt: this.#now });
      return;
    }
    this.#board.remove(handoffId);
    this.#handoffs.delete(handoffId);
    this.#put({ ...agent, load: agent.load + 1, lastPushedAt: this.#now, idleSince: this.#now });
    this.#queue(this.#someHandoff(0, this.#random.chance(0.05)));
  }

  #release(): void {
    const agent = this.#agents.get(`agent-${this.#random.int(AGENTS)}`);
    if (agent && agent.load > 0) this.#put({ ...agent, load: agent.load - 1, idleSince: this.#now });
  }

  #put(agent: RoutableAgent): void {
    this.#agents.set(agent.id, agent);
    this.#board.putAgent(agent);
  }

  #queue(handoff: QueuedHandoff): void {
    this.#handoffs.set(handoff.id, handoff);
    this.#board.put(handoff);
  }

  #moment(): PullMoment {
    const releaseRate = 1 / 50;
    return { now: this.#now, pulls: this.#pulls, releaseRate, urgentRate: releaseRate / 20, settings: ORDER };
  }

  #someAgent(id: string): RoutableAgent {
    const random = this.#random;
    const skills: Record<string, SkillLevel> = {};
    for (let each = random.int(3); each >= 0; each--) {
      skills[SKILLS[random.int(SKILLS.length)] ?? ''] = SKILL_LEVELS[random.int(3)] ?? 1;
    }
    return {
      id,
      teamIds: [TEAM],
      status: random.chance(0.8) ? 'available' : 'away',
      load: random.chance(0.1) ? random.int(CAPACITY) : CAPACITY,
      capacity: CAPACITY,
      idleSince: this.#now - random.int(600_000),
      lastPushedAt: this.#now - random.int(600_000),
      skills,
      languages: [...new Set([LANGUAGES[random.int(4)] ?? 'en', LANGUAGES[random.int(4)] ?? 'en'])],
    };
  }

  #someHandoff(waitedMs: number, isUrgent = false): QueuedHandoff {
    const random = this.#random;
    const kind = random.int(95);
    const priority = isUrgent ? 1 : kind < 15 ? 2 : kind < 75 ? 3 : 4;
    const queuedAt = this.#now - waitedMs;
    const skill = { name: SKILLS[random.int(SKILLS.length)] ?? '', level: SKILL_LEVELS[random.int(2)] ?? 1 };
    this.#arrived += 1;
    return {
      id: `handoff-${this.#arrived}`,
      teamId: TEAM,
      priority,
      queuedAt,
      dueAt: queuedAt + TARGETS_MS[priority],
      targetMs: TARGETS_MS[priority],
      language: LANGUAGES[random.int(4)] ?? 'en',
      skills: random.chance(0.8) ? [skill] : [],
      product: null,
      declinedBy: [],
    };
  }
}
