import type { RoutableAgent, SkillLevel } from './routable-agent';
import type { HandoffNeeds, RoutingDecision, RoutingPolicy } from './routing';
import type { Fallback, TeamRouting } from './routing-settings';

/** How far a waiting handoff has got in finding its agent; begun anew whenever it enters a queue. */
export interface HandoffRouting {
  /** Since when it waits: the chain's waits count from here. */
  since: number;
  /** The teams that are asked, the one whose chain it follows first; the last one's queue shows it. */
  reached: readonly string[];
  /** Who declined it or let it ring. */
  declinedBy: readonly string[];
  declinedAt: number | null;
}

/** Enters a queue; whoever just gave it away is not the first to be asked. */
export function beginRouting(teamId: string, now: number, givenAwayBy: string | null): HandoffRouting {
  return givenAwayBy === null
    ? { since: now, reached: [teamId], declinedBy: [], declinedAt: null }
    : { since: now, reached: [teamId], declinedBy: [givenAwayBy], declinedAt: now };
}

export function declined(routing: HandoffRouting, agentId: string, now: number): HandoffRouting {
  const declinedBy = [...routing.declinedBy.filter((id) => id !== agentId), agentId];
  return { ...routing, declinedBy, declinedAt: now };
}

/** All who declined may be asked once more. */
export function askedAgain(routing: HandoffRouting): HandoffRouting {
  return { ...routing, declinedBy: [], declinedAt: null };
}

export function widened(routing: HandoffRouting, teamId: string): HandoffRouting {
  return { ...routing, reached: [...routing.reached, teamId] };
}

/** The chain without the team itself, teams that no longer exist, and repetitions. */
export function openChain(
  chain: readonly Fallback[],
  own: string,
  exists: (teamId: string) => boolean,
): Fallback[] {
  const seen = new Set([own]);
  return chain.filter(({ teamId }) => {
    if (seen.has(teamId) || !exists(teamId)) return false;
    seen.add(teamId);
    return true;
  });
}

/** What a handoff asks of the agents of a team, by that team's settings. */
export function needsOf(
  handoff: Pick<HandoffNeeds, 'priority' | 'declinedBy'> & { language: string | null; frustrated: boolean },
  teamId: string,
  routing: Pick<TeamRouting, 'skills' | 'matchLanguage' | 'seniorsFirst'>,
): HandoffNeeds {
  const senior: SkillLevel = 3;
  const raise = routing.seniorsFirst && handoff.frustrated;
  return {
    teamId,
    priority: handoff.priority,
    language: routing.matchLanguage ? handoff.language : null,
    skills: routing.skills.map(({ name, level }) => ({ name, level: raise ? senior : level })),
    product: null,
    declinedBy: handoff.declinedBy,
  };
}

/** What a decision followed from, as far as its pick goes: run `pickAgent` on it and the pick is the same. */
export interface DecisionInput {
  needs: HandoffNeeds;
  policy: RoutingPolicy;
  agents: readonly RoutableAgent[];
}

/** The best candidates of a decision, as they stood: nobody else could have been picked. */
export function inputOf(
  decision: RoutingDecision,
  needs: HandoffNeeds,
  policy: DecisionInput['policy'],
  agents: DecisionInput['agents'],
): DecisionInput {
  const kept = new Set(decision.candidates.map(({ id }) => id));
  return { needs, policy, agents: agents.filter(({ id }) => kept.has(id)) };
}
