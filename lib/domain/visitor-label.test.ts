import { expect, it } from 'vitest';
import { visitorLabel } from './visitor-label';

it('names the same visitor the same, by the end of the id, which is its random part', () => {
  const id = '01932f4e-7a01-7c33-9c0e-3f5a7be2d4aa';
  expect(visitorLabel(id)).toBe('Visitor D4AA');
  expect(visitorLabel(id)).toBe(visitorLabel(id));
  expect(visitorLabel('01932f4e-7a01-7c33-9c0e-3f5a7be2d4ab')).not.toBe(visitorLabel(id));
});
