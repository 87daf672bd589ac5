import type { Priority } from './handoff';
import { type OrderSettings, type PullMoment, serviceOrder, slotFor } from './order-of-service';
import {
  breadth,
  lacking,
  type RoutableAgent,
  requiredSkills,
  type SkillLevel,
  usedBreadth,
} from './routable-agent';
import { orderOf, type ScorePart, scoreOf } from './routing-rank';
import type { PushMode, RoutingMode, RoutingSettings } from './routing-settings';
import type { WaitingHandoff } from './waiting-handoff';

/** What a handoff asks of whoever takes it. Only skill based routing looks at skills, product and language. */
export interface HandoffNeeds {
  /** The team that is asked. */
  teamId: string;
  priority: Priority;
  language: string | null;
  skills: readonly { name: string; level: SkillLevel }[];
  product: string | null;
  /** Who declined it or let it ring. */
  declinedBy: readonly string[];
}

export type QueuedHandoff = WaitingHandoff & HandoffNeeds;

/** All agents as they stood; `version` counts their changes. */
export interface AgentSnapshot {
  version: number;
  agents: readonly RoutableAgent[];
}

/** What a team has set of routing, with its order of service. */
export type RoutingPolicy = RoutingSettings & { order: OrderSettings };

/** An agent is counted once, by the first that holds: what does not pass by itself before what does. */
export const PASSED_OVER = [
  'not_in_team',
  'lacks_skill',
  'lacks_language',
  'declined',
  'offline',
  'away',
  'busy',
  'full',
] as const;
export type PassedOver = (typeof PASSED_OVER)[number];

export interface Candidate {
  id: string;
  name?: string;
  slot: 'free' | 'overflow';
  score: ScorePart[];
}

/** Why this agent, or nobody: stored as it is, and the same again from the same needs, agents and policy. */
export interface RoutingDecision {
  teamId: string;
  pick: string | null;
  mode: RoutingMode;
  /** How many could be given it; the best ten of them are `candidates`. With manual claims nobody is. */
  eligible: number;
  candidates: Candidate[];
  passedOver: Record<PassedOver, number>;
  policyVersion: number;
  snapshotVersion: number;
  at: number;
}

/** A waiting handoff and the agent it is to ring at. */
export interface Push {
  handoffId: string;
  decision: RoutingDecision;
}

export const CANDIDATES_KEPT = 10;

/**
 * Who of a team is given a handoff: an available agent with a free slot, or for a P1 with the overflow slot if all are
 * full, by the order of the team's mode. This is the rule; `RoutingBoard` answers the same from kept buckets.
 */
export function pickAgent(
  needs: HandoffNeeds,
  snapshot: AgentSnapshot,
  policy: RoutingPolicy,
  now: number,
): RoutingDecision {
  const { mode } = policy;
  const required = requiredSkills(needs);
  const used = usedBreadth(required);
  const team = { overflowing: overflowing(needs.teamId, snapshot.agents), settings: policy.order };
  const passedOver = nobodyPassedOver();
  const able = { free: [] as RoutableAgent[], overflow: [] as RoutableAgent[] };
  for (const agent of snapshot.agents) {
    const reason =
      (agent.teamIds.includes(needs.teamId) ? null : 'not_in_team') ??
      (mode === 'skill_based' ? lacking(agent, required, needs.language) : null) ??
      (needs.declinedBy.includes(agent.id) ? 'declined' : null) ??
      (agent.status === 'available' ? null : agent.status);
    const slot = slotFor(needs.priority, agent, team);
    if (reason === null && slot !== null) able[slot].push(agent);
    else passedOver[reason ?? 'full'] += 1;
  }
  const candidates =
    mode === 'manual'
      ? []
      : (['free', 'overflow'] as const)
          .flatMap((slot) => [...able[slot]].sort(orderOf(mode)).map((agent) => ({ agent, slot })))
          .slice(0, CANDIDATES_KEPT)
          .map(({ agent, slot }) => candidate(mode, agent, slot, breadth(agent) - used, now));
  return {
    teamId: needs.teamId,
    pick: candidates[0]?.id ?? null,
    mode,
    eligible: able.free.length + able.overflow.length,
    candidates,
    passedOver,
    policyVersion: policy.version,
    snapshotVersion: snapshot.version,
    at: now,
  };
}

/**
 * Which waiting handoff of a team is pushed next and to whom: the first of the order of service whom somebody can be
 * given, so that who waits for a specialist keeps nobody else waiting.
 */
export function nextToPush(
  waiting: readonly QueuedHandoff[],
  snapshot: AgentSnapshot,
  policy: RoutingPolicy,
  moment: PullMoment,
): Push | null {
  const byId = new Map(waiting.map((handoff) => [handoff.id, handoff]));
  for (const { id } of serviceOrder(waiting, moment)) {
    const handoff = byId.get(id);
    const decision = handoff && pickAgent(handoff, snapshot, policy, moment.now);
    if (decision && decision.pick !== null) return { handoffId: id, decision };
  }
  return null;
}

export function nobodyPassedOver(): Record<PassedOver, number> {
  return {
    not_in_team: 0,
    lacks_skill: 0,
    lacks_language: 0,
    declined: 0,
    offline: 0,
    away: 0,
    busy: 0,
    full: 0,
  };
}

export function candidate(
  mode: PushMode,
  agent: RoutableAgent,
  slot: Candidate['slot'],
  surplus: number,
  now: number,
): Candidate {
  const score = scoreOf(mode, agent, surplus, now);
  return agent.name === undefined
    ? { id: agent.id, slot, score }
    : { id: agent.id, name: agent.name, slot, score };
}

/** Agents of the team who hold more than their capacity: the overflow slots in use. */
function overflowing(teamId: string, agents: readonly RoutableAgent[]): number {
  return agents.filter(({ teamIds, load, capacity }) => load > capacity && teamIds.includes(teamId)).length;
}
