import { DEFAULT_ORDER, type PullMoment } from './order-of-service';
import type { RoutableAgent } from './routable-agent';
import type { AgentSnapshot, Push, QueuedHandoff, RoutingDecision, RoutingPolicy } from './routing';
import { DEFAULT_ROUTING } from './routing-settings';
import { TeamBoard } from './team-board';

const UNSET: RoutingPolicy = { ...DEFAULT_ROUTING, order: DEFAULT_ORDER };

/**
 * All agents and waiting handoffs, kept so that who is next and who is given it are answered in time that does not grow
 * with the queue. It answers what `nextToPush` and `pickAgent` would of its `snapshot`. Agents and handoffs are values:
 * a change is put as a new object. A handoff that has reached further teams is put once for each.
 */
export class RoutingBoard {
  #agents = new Map<string, RoutableAgent>();
  #teams = new Map<string, TeamBoard>();
  #version: number;

  /** `version` is that of the agents' state before the first of them is put. */
  constructor(version = 0) {
    this.#version = version;
  }

  snapshot(): AgentSnapshot {
    return { version: this.#version, agents: [...this.#agents.values()] };
  }

  setPolicy(teamId: string, policy: RoutingPolicy): void {
    const before = this.#teams.get(teamId);
    const team = new TeamBoard(teamId, policy);
    this.#teams.set(teamId, team);
    for (const agent of this.#agents.values()) if (agent.teamIds.includes(teamId)) team.putAgent(agent);
    for (const handoff of before?.handoffs ?? []) team.put(handoff);
  }

  putAgent(agent: RoutableAgent): void {
    const before = this.#agents.get(agent.id);
    this.#version += 1;
    this.#agents.set(agent.id, agent);
    for (const teamId of before?.teamIds ?? []) {
      if (!agent.teamIds.includes(teamId)) this.#team(teamId).removeAgent(agent.id);
    }
    for (const teamId of agent.teamIds) this.#team(teamId).putAgent(agent);
  }

  removeAgent(id: string): void {
    const agent = this.#agents.get(id);
    if (!agent) return;
    this.#version += 1;
    this.#agents.delete(id);
    for (const teamId of agent.teamIds) this.#team(teamId).removeAgent(id);
  }

  put(handoff: QueuedHandoff): void {
    this.#team(handoff.teamId).put(handoff);
  }

  /** Takes it out of the lines of all teams. */
  remove(handoffId: string): void {
    for (const team of this.#teams.values()) team.remove(handoffId);
  }

  next(teamId: string, moment: PullMoment): Push | null {
    return this.#team(teamId).next(moment, this.#agents.size, this.#version);
  }

  pick(teamId: string, handoffId: string, now: number): RoutingDecision | null {
    return this.#team(teamId).pick(handoffId, now, this.#agents.size, this.#version);
  }

  #team(teamId: string): TeamBoard {
    const kept = this.#teams.get(teamId);
    if (kept) return kept;
    const team = new TeamBoard(teamId, UNSET);
    this.#teams.set(teamId, team);
    return team;
  }
}
