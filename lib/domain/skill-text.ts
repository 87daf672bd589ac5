import { SKILL_LEVELS, type SkillLevel } from './routable-agent';

/** Skills as one writes them: `Returns 2, Repairs 3`. Without a level it is 1. */
export function skillText(skills: Readonly<Record<string, SkillLevel>>): string {
  return Object.entries(skills)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, level]) => `${name} ${level}`)
    .join(', ');
}

/** The skills of such a text, or the part that cannot be one. */
export function skillsOf(text: string): Record<string, SkillLevel> | { fault: string } {
  const skills: Record<string, SkillLevel> = {};
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [, name = part, digits] = /^(.*?)(?:\s+(\d+))?$/.exec(part) ?? [];
    const level = digits === undefined ? 1 : SKILL_LEVELS.find((each) => String(each) === digits);
    if (level === undefined || name === '') {
      return { fault: `“${part}” has no level from 1 to ${SKILL_LEVELS.length}.` };
    }
    skills[name] = level;
  }
  return skills;
}

/** Language tags of a text: `en, de`. */
export function languagesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((tag) => tag !== ''))];
}
