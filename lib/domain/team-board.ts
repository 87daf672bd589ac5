import type { PullMoment } from './order-of-service';
import type { RoutableAgent } from './routable-agent';
import type { Push, QueuedHandoff, RoutingDecision, RoutingPolicy } from './routing';
import { SortedBlocks } from './sorted-blocks';
import { type Ask, TeamAgents } from './team-agents';
import { byDeadline } from './waiting-handoff';
import { WaitingLine } from './waiting-line';

/** Waiting handoffs that can be given to the same agents, but for those who declined them. */
interface Group {
  key: string;
  ask: Ask;
  urgent: boolean;
  line: SortedBlocks<QueuedHandoff>;
}

interface Queued {
  handoff: QueuedHandoff;
  group: Group;
}

/** The waiting handoffs of a team in the order of service, and the agents whom they can be given to. */
export class TeamBoard {
  readonly #agents: TeamAgents;
  readonly #line = new WaitingLine();
  readonly #queued = new Map<string, Queued>();
  readonly #groups = new Map<string, Group>();
  /** How many groups ask the same: the urgent and the others. */
  readonly #asking = new Map<Ask, number>();

  constructor(teamId: string, policy: RoutingPolicy) {
    this.#agents = new TeamAgents(teamId, policy);
  }

  get handoffs(): QueuedHandoff[] {
    return [...this.#queued.values()].map(({ handoff }) => handoff);
  }

  putAgent(agent: RoutableAgent): void {
    this.#agents.put(agent);
  }

  removeAgent(id: string): void {
    this.#agents.remove(id);
  }

  put(handoff: QueuedHandoff): void {
    this.remove(handoff.id);
    const group = this.#groupOf(handoff);
    group.line.add(handoff);
    this.#line.put(handoff);
    this.#queued.set(handoff.id, { handoff, group });
  }

  remove(id: string): void {
    const queued = this.#queued.get(id);
    if (!queued) return;
    const { handoff, group } = queued;
    this.#queued.delete(id);
    this.#line.remove(id);
    group.line.remove(handoff);
    if (group.line.first()) return;
    this.#groups.delete(group.key);
    const left = (this.#asking.get(group.ask) ?? 1) - 1;
    this.#asking.set(group.ask, left);
    if (left > 0) return;
    this.#asking.delete(group.ask);
    this.#agents.dropAsk(group.ask);
  }

  /** Answers as `nextToPush` does. */
  next(moment: PullMoment, agents: number, version: number): Push | null {
    if (!this.#agents.mayServe) return null;
    const head = this.#line.next(moment);
    const first = head && this.#queued.get(head.id);
    if (!first) return null;
    const served = this.#serves(first) ? first : this.#nextServed(first, moment);
    if (!served) return null;
    const decision = this.#agents.decide(served.handoff, served.group.ask, moment.now, agents, version);
    return { handoffId: served.handoff.id, decision };
  }

  /** Answers as `pickAgent` does for a handoff in the line. */
  pick(handoffId: string, now: number, agents: number, version: number): RoutingDecision | null {
    const queued = this.#queued.get(handoffId);
    return queued ? this.#agents.decide(queued.handoff, queued.group.ask, now, agents, version) : null;
  }

  /** When nobody can be given the head: the first of the order of service, kind by kind, whom somebody can be. */
  #nextServed(head: Queued, moment: PullMoment): Queued | undefined {
    if (!head.group.urgent) return this.#firstServed(false);
    const urgent = this.#firstServed(true);
    if (urgent) return urgent;
    const next = this.#line.nextBelowUrgent(moment);
    const queued = next && this.#queued.get(next.id);
    return queued && this.#serves(queued) ? queued : this.#firstServed(false);
  }

  #firstServed(urgent: boolean): Queued | undefined {
    let first: Queued | undefined;
    for (const group of this.#groups.values()) {
      if (group.urgent !== urgent || !this.#agents.mayServeUndeclined(group.ask, urgent)) continue;
      const place = { block: 0, index: 0 };
      for (let handoff = group.line.at(place); handoff; handoff = group.line.at(place)) {
        if (first && byPriority(first.handoff, handoff) < 0) break;
        if (this.#agents.serves(handoff, group.ask)) {
          first = { handoff, group };
          break;
        }
        group.line.step(place);
      }
    }
    return first;
  }

  #serves({ handoff, group }: Queued): boolean {
    return this.#agents.serves(handoff, group.ask);
  }

  #groupOf(handoff: QueuedHandoff): Group {
    const ask = this.#agents.askOf(handoff);
    const urgent = handoff.priority === 1;
    const key = `${urgent}${ask.key}`;
    const kept = this.#groups.get(key);
    if (kept) return kept;
    const group = { key, ask, urgent, line: new SortedBlocks(byPriority) };
    this.#asking.set(ask, (this.#asking.get(ask) ?? 0) + 1);
    this.#groups.set(key, group);
    return group;
  }
}

function byPriority(a: QueuedHandoff, b: QueuedHandoff): number {
  return a.priority - b.priority || byDeadline(a, b);
}
