import type { AgentStatus } from './presence';

export const SKILL_LEVELS = [1, 2, 3] as const;
export type SkillLevel = (typeof SKILL_LEVELS)[number];

/** What routing knows of an agent. */
export interface RoutableAgent {
  id: string;
  name?: string;
  teamIds: readonly string[];
  /** As colleagues see it: who is not heard is offline. */
  status: AgentStatus;
  /** Conversations held and work that rings. */
  load: number;
  capacity: number;
  /** Since when nothing was given to them and nothing ended. */
  idleSince: number;
  /** Null: nothing was ever pushed to them. */
  lastPushedAt: number | null;
  /** Products are known by skills of their name. */
  skills: Readonly<Record<string, SkillLevel>>;
  languages: readonly string[];
}

/** Of all that a handoff asks for, what an agent must know: a product is a skill of its name at level 1. */
export function requiredSkills(needs: {
  skills: readonly { name: string; level: SkillLevel }[];
  product: string | null;
}): Map<string, SkillLevel> {
  const required = new Map<string, SkillLevel>();
  if (needs.product !== null) required.set(needs.product, 1);
  for (const { name, level } of needs.skills) {
    if (level > (required.get(name) ?? 0)) required.set(name, level);
  }
  return required;
}

/** What an agent does not know of what is asked, skills before language. */
export function lacking(
  agent: Pick<RoutableAgent, 'skills' | 'languages'>,
  required: Map<string, SkillLevel>,
  language: string | null,
): 'lacks_skill' | 'lacks_language' | null {
  if (!hasSkills(agent, required)) return 'lacks_skill';
  return speaks(agent, language) ? null : 'lacks_language';
}

/** All that an agent can do: the sum of the levels, and each language beyond the first. */
export function breadth({ skills, languages }: Pick<RoutableAgent, 'skills' | 'languages'>): number {
  return (
    Object.values(skills).reduce<number>((sum, level) => sum + level, 0) + Math.max(0, languages.length - 1)
  );
}

/** What of an agent's breadth a handoff makes use of. */
export function usedBreadth(required: Map<string, number>): number {
  let used = 0;
  for (const level of required.values()) used += level;
  return used;
}

function hasSkills({ skills }: Pick<RoutableAgent, 'skills'>, required: Map<string, number>): boolean {
  for (const [name, level] of required) if (!((skills[name] ?? 0) >= level)) return false;
  return true;
}

/** Regions of a language understand each other: fr-CA is served by fr. */
function speaks({ languages }: Pick<RoutableAgent, 'languages'>, wanted: string | null): boolean {
  if (wanted === null) return true;
  const language = primary(wanted);
  return languages.some((each) => primary(each) === language);
}

function primary(tag: string): string {
  return (tag.split('-', 1)[0] ?? '').toLowerCase();
}
