import { breadth, type RoutableAgent } from './routable-agent';
import type { PushMode } from './routing-settings';

/** A part of a candidate's score, in the order in which the parts decide. */
export interface ScorePart {
  name: 'since_pushed_ms' | 'idle_ms' | 'load_share' | 'skill_surplus';
  /** Null: never yet, which comes first. */
  value: number | null;
}

type AgentOrder = (a: RoutableAgent, b: RoutableAgent) => number;

/** The order of a mode among agents of one breadth. No two agents compare equal. */
export const ORDER_OF: Record<PushMode, AgentOrder> = {
  round_robin: (a, b) =>
    ascending(a.lastPushedAt ?? Number.NEGATIVE_INFINITY, b.lastPushedAt ?? Number.NEGATIVE_INFINITY) ||
    ascending(a.id, b.id),
  first_available: byIdleness,
  load_balanced: byLoadShare,
  skill_based: byLoadShare,
};

/** Which agent of those who may be given work comes first. */
export function orderOf(mode: PushMode): AgentOrder {
  const order = ORDER_OF[mode];
  if (mode !== 'skill_based') return order;
  return (a, b) => ascending(breadth(a), breadth(b)) || order(a, b);
}

export function scoreOf(mode: PushMode, agent: RoutableAgent, surplus: number, now: number): ScorePart[] {
  const idle: ScorePart = { name: 'idle_ms', value: now - agent.idleSince };
  const share: ScorePart = { name: 'load_share', value: loadShare(agent) };
  switch (mode) {
    case 'round_robin':
      return [
        { name: 'since_pushed_ms', value: agent.lastPushedAt === null ? null : now - agent.lastPushedAt },
      ];
    case 'first_available':
      return [idle];
    case 'load_balanced':
      return [share, idle];
    case 'skill_based':
      return [{ name: 'skill_surplus', value: surplus }, share, idle];
  }
}

/** Longest idle first equalises how long agents are idle (Armony and Ward, 2010). */
function byIdleness(a: RoutableAgent, b: RoutableAgent): number {
  return ascending(a.idleSince, b.idleSince) || ascending(a.id, b.id);
}

function byLoadShare(a: RoutableAgent, b: RoutableAgent): number {
  return ascending(loadShare(a), loadShare(b)) || byIdleness(a, b);
}

function loadShare({ load, capacity }: RoutableAgent): number {
  return load / capacity;
}

function ascending<T extends number | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
