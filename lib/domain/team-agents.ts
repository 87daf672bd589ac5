import { AgentBucket, STANDINGS, type Standing, standingOf } from './agent-bucket';
import {
  breadth,
  lacking,
  type RoutableAgent,
  requiredSkills,
  type SkillLevel,
  usedBreadth,
} from './routable-agent';
import {
  CANDIDATES_KEPT,
  type Candidate,
  candidate,
  nobodyPassedOver,
  type QueuedHandoff,
  type RoutingDecision,
  type RoutingPolicy,
} from './routing';
import { ORDER_OF } from './routing-rank';
import type { PushMode } from './routing-settings';
import type { Place, SortedBlocks } from './sorted-blocks';

/** What some handoffs ask alike, and the buckets by how they answer; those that know enough by their breadth. */
export interface Ask {
  key: string;
  required: Map<string, SkillLevel>;
  language: string | null;
  used: number;
  able: AgentBucket<Ask>[];
  lacks_skill: AgentBucket<Ask>[];
  lacks_language: AgentBucket<Ask>[];
  /** Of all in `able`. */
  counts: Record<Standing, number>;
  /** Agents in the other lists, as of a membership. */
  others: { membership: number; lacks_skill: number; lacks_language: number };
}

interface Member {
  agent: RoutableAgent;
  bucket: AgentBucket<Ask>;
}

/** The agents of a team in buckets of those who know the same, counted for all that is asked of them. */
export class TeamAgents {
  readonly #teamId: string;
  readonly #policy: RoutingPolicy;
  readonly #members = new Map<string, Member>();
  readonly #buckets = new Map<string, AgentBucket<Ask>>();
  readonly #asks = new Map<string, Ask>();
  #overflowing = 0;
  /** Counts the changes of who knows what. */
  #membership = 0;
  #standing: Record<'free' | 'brim', number> = { free: 0, brim: 0 };

  constructor(teamId: string, policy: RoutingPolicy) {
    this.#teamId = teamId;
    this.#policy = policy;
  }

  put(agent: RoutableAgent): void {
    const before = this.#members.get(agent.id);
    if (before) this.#take(before.agent, before.bucket);
    const same = before?.agent.skills === agent.skills && before.agent.languages === agent.languages;
    const bucket = before && same ? before.bucket : this.#bucketOf(agent);
    bucket.add(agent);
    this.#count(agent, bucket, 1);
    this.#members.set(agent.id, { agent, bucket });
    if (before?.bucket === bucket) return;
    this.#membership += 1;
    if (before) this.#dropEmpty(before.bucket);
  }

  remove(id: string): void {
    const member = this.#members.get(id);
    if (!member) return;
    this.#members.delete(id);
    this.#membership += 1;
    this.#take(member.agent, member.bucket);
    this.#dropEmpty(member.bucket);
  }

  /** What a handoff asks, kept up to date until it is dropped. */
  askOf(handoff: QueuedHandoff): Ask {
    const bySkill = this.#policy.mode === 'skill_based';
    const required = bySkill ? requiredSkills(handoff) : new Map<string, SkillLevel>();
    const language = bySkill ? handoff.language : null;
    const key = JSON.stringify([language, ...[...required].sort(byName)]);
    const kept = this.#asks.get(key);
    if (kept) return kept;
    const lists = { able: [], lacks_skill: [], lacks_language: [] };
    const counts = { free: 0, brim: 0, full: 0, offline: 0, away: 0, busy: 0 };
    const others = { membership: -1, lacks_skill: 0, lacks_language: 0 };
    const ask: Ask = {
      key,
      required,
      language,
      used: usedBreadth(required),
      ...lists,
      counts,
      others,
    };
    for (const bucket of this.#buckets.values()) this.#file(bucket, ask);
    this.#asks.set(key, ask);
    return ask;
  }

  dropAsk(ask: Ask): void {
    this.#asks.delete(ask.key);
    for (const bucket of ask.able) bucket.ableFor.delete(ask);
  }

  /** Whether anything can be given to anybody. */
  get mayServe(): boolean {
    return this.#policy.mode !== 'manual' && this.#mayGive(this.#standing, true);
  }

  /** Whether somebody can be given what nobody has declined. */
  mayServeUndeclined({ counts }: Ask, urgent: boolean): boolean {
    return this.#mayGive(counts, urgent);
  }

  serves({ declinedBy, priority }: QueuedHandoff, ask: Ask): boolean {
    const urgent = priority === 1;
    if (declinedBy.length === 0) return this.#mayGive(ask.counts, urgent);
    const left = { free: ask.counts.free, brim: ask.counts.brim };
    for (const { agent } of this.#declined(declinedBy, ask)) {
      const standing = standingOf(agent);
      if (standing === 'free' || standing === 'brim') left[standing] -= 1;
    }
    return this.#mayGive(left, urgent);
  }

  /** Of those who declined, the ones who could else be given it. */
  #declined(declinedBy: readonly string[], ask: Ask): Member[] {
    return [...new Set(declinedBy)].flatMap((id) => {
      const member = this.#members.get(id);
      return member?.bucket.ableFor.has(ask) ? [member] : [];
    });
  }

  #mayGive(counts: Record<'free' | 'brim', number>, urgent: boolean): boolean {
    return counts.free > 0 || (urgent && counts.brim > 0 && this.#hasOverflow());
  }

  /** Answers as `pickAgent` does. */
  decide(
    { declinedBy, priority }: QueuedHandoff,
    ask: Ask,
    now: number,
    agents: number,
    version: number,
  ): RoutingDecision {
    const urgent = priority === 1;
    const counts = { ...ask.counts };
    const passedOver = nobodyPassedOver();
    if (declinedBy.length > 0) {
      for (const { agent } of this.#declined(declinedBy, ask)) {
        passedOver.declined += 1;
        counts[standingOf(agent)] -= 1;
      }
    }
    const mayOverflow = urgent && this.#hasOverflow();
    passedOver.not_in_team = agents - this.#members.size;
    const others = this.#others(ask);
    passedOver.lacks_skill = others.lacks_skill;
    passedOver.lacks_language = others.lacks_language;
    passedOver.offline = counts.offline;
    passedOver.away = counts.away;
    passedOver.busy = counts.busy;
    passedOver.full = counts.full + (mayOverflow ? 0 : counts.brim);
    const candidates = this.#candidates(ask, urgent, declinedBy, CANDIDATES_KEPT, now);
    return {
      teamId: this.#teamId,
      pick: candidates[0]?.id ?? null,
      mode: this.#policy.mode,
      eligible: counts.free + (mayOverflow ? counts.brim : 0),
      candidates,
      passedOver,
      policyVersion: this.#policy.version,
      snapshotVersion: version,
      at: now,
    };
  }

  #hasOverflow(): boolean {
    return this.#overflowing < this.#policy.order.overflowSlots;
  }

  #others(ask: Ask): Ask['others'] {
    if (ask.others.membership !== this.#membership) {
      ask.others = {
        membership: this.#membership,
        lacks_skill: sizeOf(ask.lacks_skill),
        lacks_language: sizeOf(ask.lacks_language),
      };
    }
    return ask.others;
  }

  #candidates(
    ask: Ask,
    urgent: boolean,
    declinedBy: readonly string[],
    limit: number,
    now: number,
  ): Candidate[] {
    const { mode } = this.#policy;
    const found: Candidate[] = [];
    if (mode === 'manual') return found;
    this.#gather(found, mode, 'free', ask, declinedBy, limit, now);
    if (urgent && this.#hasOverflow()) this.#gather(found, mode, 'brim', ask, declinedBy, limit, now);
    return found;
  }

  /** Adds the first agents of the buckets that know enough, of equal breadth merged, until there are `limit`. */
  #gather(
    found: Candidate[],
    mode: PushMode,
    standing: 'free' | 'brim',
    { able, used }: Ask,
    declinedBy: readonly string[],
    limit: number,
    now: number,
  ): void {
    const slot = standing === 'free' ? 'free' : 'overflow';
    for (let from = 0, to = 0; from < able.length && found.length < limit; from = to) {
      const surplus = (able[from]?.breadth ?? 0) - used;
      const heads: Head[] = [];
      for (; to < able.length && able[to]?.breadth === able[from]?.breadth; to++) {
        const bucket = able[to];
        if (!bucket || bucket.counts[standing] === 0) continue;
        const place = { block: 0, index: 0 };
        const agent = bucket.able[standing].at(place);
        if (agent) heads.push({ agents: bucket.able[standing], place, agent });
      }
      while (heads.length > 0 && found.length < limit) {
        const agent = takeFirst(heads, ORDER_OF[mode]);
        if (agent && !declinedBy.includes(agent.id)) found.push(candidate(mode, agent, slot, surplus, now));
      }
    }
  }

  #take(agent: RoutableAgent, bucket: AgentBucket<Ask>): void {
    bucket.remove(agent);
    this.#count(agent, bucket, -1);
  }

  #count(agent: RoutableAgent, bucket: AgentBucket<Ask>, by: 1 | -1): void {
    if (agent.load > agent.capacity) this.#overflowing += by;
    const standing = standingOf(agent);
    if (standing === 'free' || standing === 'brim') this.#standing[standing] += by;
    for (const ask of bucket.ableFor) ask.counts[standing] += by;
  }

  /** Only skill based routing asks what an agent knows; in the other modes all are in one bucket. */
  #bucketOf({ skills, languages }: RoutableAgent): AgentBucket<Ask> {
    const bySkill = this.#policy.mode === 'skill_based';
    const key = bySkill ? JSON.stringify([Object.entries(skills).sort(byName), [...languages].sort()]) : '';
    const kept = this.#buckets.get(key);
    if (kept) return kept;
    const order = this.#policy.mode === 'manual' ? ORDER_OF.first_available : ORDER_OF[this.#policy.mode];
    const knows = { skills, languages };
    const bucket = new AgentBucket<Ask>(key, bySkill ? breadth(knows) : 0, knows, order);
    this.#buckets.set(key, bucket);
    for (const ask of this.#asks.values()) this.#file(bucket, ask);
    return bucket;
  }

  #dropEmpty(bucket: AgentBucket<Ask>): void {
    if (bucket.size > 0) return;
    this.#buckets.delete(bucket.key);
    for (const ask of this.#asks.values()) {
      for (const list of [ask.able, ask.lacks_skill, ask.lacks_language]) {
        const at = list.indexOf(bucket);
        if (at >= 0) list.splice(at, 1);
      }
    }
  }

  #file(bucket: AgentBucket<Ask>, ask: Ask): void {
    const bySkill = this.#policy.mode === 'skill_based';
    const kind = (bySkill && lacking(bucket.knows, ask.required, ask.language)) || 'able';
    const list = ask[kind];
    const behind = list.findIndex((other) => other.breadth > bucket.breadth);
    list.splice(behind < 0 ? list.length : behind, 0, bucket);
    if (kind !== 'able') return;
    bucket.ableFor.add(ask);
    for (const standing of STANDINGS) ask.counts[standing] += bucket.counts[standing];
  }
}

interface Head {
  agents: SortedBlocks<RoutableAgent>;
  place: Place;
  agent: RoutableAgent;
}

/** The first of the heads, whose place moves on; an agent list at its end leaves the heads. */
function takeFirst(
  heads: Head[],
  order: (a: RoutableAgent, b: RoutableAgent) => number,
): RoutableAgent | undefined {
  let at = 0;
  let first = heads[0];
  for (let each = 1; each < heads.length; each++) {
    const head = heads[each];
    if (head && first && order(head.agent, first.agent) < 0) {
      first = head;
      at = each;
    }
  }
  if (!first) return undefined;
  const { agent, agents, place } = first;
  agents.step(place);
  const next = agents.at(place);
  if (next) first.agent = next;
  else heads.splice(at, 1);
  return agent;
}

function byName(a: [string, number], b: [string, number]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function sizeOf(buckets: readonly AgentBucket<Ask>[]): number {
  let size = 0;
  for (const bucket of buckets) size += bucket.size;
  return size;
}
