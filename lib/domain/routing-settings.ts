import type { SkillLevel } from './routable-agent';

/** How a team's work finds its agent: taken by hand, or pushed to one by a rule. */
export const ROUTING_MODES = [
  'manual',
  'round_robin',
  'first_available',
  'load_balanced',
  'skill_based',
] as const;
export type RoutingMode = (typeof ROUTING_MODES)[number];
export type PushMode = Exclude<RoutingMode, 'manual'>;

/** A team that is asked too, once the handoff has waited this long since the one before it was. */
export interface Fallback {
  teamId: string;
  afterMs: number;
}

/** How a team routes. `version` counts the changes, so that a decision can say which rules it followed. */
export interface RoutingSettings {
  version: number;
  mode: RoutingMode;
  /** Empty: the handoff waits for the specialists of its own team. */
  chain: readonly Fallback[];
  /** How long pushed work rings at one agent. */
  ringMs: number;
}

export const DEFAULT_ROUTING: RoutingSettings = { version: 0, mode: 'manual', chain: [], ringMs: 30_000 };

/** All that an admin sets of a team's routing. */
export interface TeamRouting extends RoutingSettings {
  /** What an agent must know to be given the team's handoffs; looked at by skill based routing only. */
  skills: readonly { name: string; level: SkillLevel }[];
  /** The agent must speak the customer's language. */
  matchLanguage: boolean;
  /** Frustrated customers ask for the highest level of each skill. */
  seniorsFirst: boolean;
}

export const DEFAULT_TEAM_ROUTING: TeamRouting = {
  ...DEFAULT_ROUTING,
  skills: [],
  matchLanguage: false,
  seniorsFirst: false,
};
