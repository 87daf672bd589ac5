import { expect, it } from 'vitest';
import { languagesOf, skillsOf, skillText } from './skill-text';

it('reads what it writes', () => {
  const skills = { Returns: 2, 'Tents and packs': 1, VIP: 3 } as const;
  expect(skillText(skills)).toBe('Returns 2, Tents and packs 1, VIP 3');
  expect(skillsOf(skillText(skills))).toEqual(skills);
  expect(skillsOf('')).toEqual({});
});

it('takes a skill without a level for one at level 1, and the last of two', () => {
  expect(skillsOf(' Repairs ,, Returns 1, Returns 3')).toEqual({ Repairs: 1, Returns: 3 });
});

it('names the part that is no skill', () => {
  expect(skillsOf('Returns 4')).toEqual({ fault: '“Returns 4” has no level from 1 to 3.' });
  expect(skillsOf('2')).toEqual({ 2: 1 });
});

it('reads tags with commas or without, each once', () => {
  expect(languagesOf('en, de  fr,en')).toEqual(['en', 'de', 'fr']);
});
