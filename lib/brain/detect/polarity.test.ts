import { describe, expect, it } from 'vitest';
import { dialogueOf } from '../test-dialogue';
import { detectPolarity } from './polarity';

const read = (text: string) => detectPolarity(dialogueOf(text), -0.5);

describe('polarity', () => {
  it.each(['this is a terrible, awful service and I hate it', 'horrible experience, you are the worst'])(
    'fires on "%s"',
    (text) => {
      expect(read(text)).toMatchObject({ name: 'polarity', threshold: -0.5, fired: true });
      expect(read(text).evidence).toHaveLength(1);
    },
  );

  it.each([
    'my card was stolen, please block it',
    'there is a problem with my lost parcel',
    'how do I cancel my order',
    'where is my order?',
  ])('takes the trouble of every day for none: "%s"', (text) => {
    expect(read(text).fired).toBe(false);
    expect(Math.abs(read(text).value ?? 1)).toBeLessThan(0.2);
  });

  it('is over zero for kind words', () =>
    expect(read('wonderful, I love the tent').value).toBeGreaterThan(0.5));

  it('is not known in a language without a lexicon', () => {
    const dialogue = dialogueOf('this is terrible');
    const language = { ...dialogue.book.language, polarity: null };
    expect(detectPolarity({ ...dialogue, book: { ...dialogue.book, language } }, -0.5)).toMatchObject({
      value: null,
      fired: false,
    });
  });
});
