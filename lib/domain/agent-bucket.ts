import { DEFAULT_ORDER, slotFor } from './order-of-service';
import type { RoutableAgent } from './routable-agent';
import { SortedBlocks } from './sorted-blocks';

/** Whether an agent may be given work: `brim` only while the team has an overflow slot left. */
export const STANDINGS = ['free', 'brim', 'full', 'offline', 'away', 'busy'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Agents of a team who know the same, those who may be given work in the order of the team's mode. */
export class AgentBucket<Ask> {
  readonly key: string;
  readonly breadth: number;
  readonly knows: Pick<RoutableAgent, 'skills' | 'languages'>;
  readonly able: Record<'free' | 'brim', SortedBlocks<RoutableAgent>>;
  readonly counts: Record<Standing, number> = { free: 0, brim: 0, full: 0, offline: 0, away: 0, busy: 0 };
  /** What its agents know enough for. */
  readonly ableFor = new Set<Ask>();
  size = 0;

  constructor(
    key: string,
    breadth: number,
    knows: AgentBucket<Ask>['knows'],
    order: (a: RoutableAgent, b: RoutableAgent) => number,
  ) {
    this.key = key;
    this.breadth = breadth;
    this.knows = knows;
    this.able = { free: new SortedBlocks(order), brim: new SortedBlocks(order) };
  }

  add(agent: RoutableAgent): void {
    const standing = standingOf(agent);
    this.size += 1;
    this.counts[standing] += 1;
    if (standing === 'free' || standing === 'brim') this.able[standing].add(agent);
  }

  remove(agent: RoutableAgent): void {
    const standing = standingOf(agent);
    this.size -= 1;
    this.counts[standing] -= 1;
    if (standing === 'free' || standing === 'brim') this.able[standing].remove(agent);
  }
}

const ONE_LEFT = { overflowing: 0, settings: { ...DEFAULT_ORDER, overflowSlots: 1 } };

export function standingOf(agent: RoutableAgent): Standing {
  if (agent.status !== 'available') return agent.status;
  const slot = slotFor(1, agent, ONE_LEFT);
  return slot === 'overflow' ? 'brim' : (slot ?? 'full');
}
