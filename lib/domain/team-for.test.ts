import { expect, it } from 'vitest';
import { teamFor } from './team-for';

const TEAMS = [
  { id: 'r', name: 'Returns' },
  { id: 'o', name: 'Orders' },
];

it.each([
  ['Orders', 'o'],
  ['  orders ', 'o'],
  ['RETURNS', 'r'],
  ['Order', 'r'],
  ['', 'r'],
  [null, 'r'],
])('topic %j goes to %s', (topic, team) => {
  expect(teamFor(topic, TEAMS, 'r')).toBe(team);
});

it('goes to the widget’s own team when there is no other', () => {
  expect(teamFor('Orders', [], 'own')).toBe('own');
});
