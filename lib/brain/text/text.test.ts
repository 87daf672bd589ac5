import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOOK } from '../test-dialogue';
import { isOneEditApart } from './edit-distance';
import { compile, consistsOf, findPhrase, pieces } from './phrases';
import { paragraphs, sentences } from './sentences';
import { contentStems, stems } from './stems';

describe('stems', () => {
  it('brings forms of one word together', () => {
    expect(stems('Returning returned RETURNS', BOOK.words)).toEqual(['return', 'return', 'return']);
    expect(new Set(stems('fix mended repairing', BOOK.words)).size).toBe(1);
    expect(stems('e-mail', BOOK.words)).toEqual(stems('email', BOOK.words));
  });

  it('leaves out addresses, links and reference numbers', () => {
    expect(stems('Order A-10428, ask maya@post.example or https://x.example/a', BOOK.words)).toEqual(
      ['order', 'ask', 'or'].filter((word) => !BOOK.words.stopWords.has(word)),
    );
  });

  it('tells words of substance from light ones', () => {
    expect(contentStems('what about the tent', BOOK.words)).toEqual(['tent']);
  });
});

describe('isOneEditApart', () => {
  it.each([
    ['agent', 'agnet'],
    ['person', 'persn'],
    ['human', 'humann'],
    ['refund', 'refumd'],
  ])('%s and %s', (a, b) => expect(isOneEditApart(a, b)).toBe(true));

  it.each([
    ['agent', 'agent'],
    ['agent', 'urgent'],
    ['person', 'prison'],
  ])('not %s and %s', (a, b) => expect(isOneEditApart(a, b)).toBe(false));

  it('is the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(isOneEditApart(a, b)).toBe(isOneEditApart(b, a));
      }),
    );
  });
});

describe('fold', () => {
  it('writes short forms out and forgives slips in the words that matter', () => {
    expect(BOOK.fold('I’d like 2 talk to an AGNET, pls!!').text).toBe(
      'i would like 2 talk to an agent , please !',
    );
    expect(BOOK.fold('cant').text).toBe('can not');
  });

  it('leaves real words alone', () => {
    expect(BOOK.fold('What that chart can do at the contract').text).toBe(
      'what that chart can do at the contract',
    );
  });

  it('maps every find back to the place it came from', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (before, after) => {
        const text = `${before} refund ${after}`;
        const span = findPhrase(BOOK.fold(text), { says: compile(['refund'], {}), except: [] });
        expect(
          span === null
            ? null
            : text
                .slice(span.start, span.end)
                .toLowerCase()
                .replace(/[^a-z]/g, ''),
        ).toMatch(/^r?e?f?u?n?d?/);
      }),
    );
    const folded = BOOK.fold('Ich sage: I’m not happy — émigré refund?');
    const span = findPhrase(folded, { says: compile(['refund'], {}), except: [] });
    expect(span).toEqual({ start: 33, end: 39 });
  });
});

describe('phrases', () => {
  it('refuses a word class that does not exist', () => {
    expect(() => compile(['{nobody} here'], {})).toThrow('nobody');
  });

  it('lets an exception win over the rule it covers', () => {
    const rules = { says: compile(['cancel'], {}), except: compile(['noise cancel'], {}) };
    expect(findPhrase(BOOK.fold('noise cancel'), rules)).toBeNull();
    expect(findPhrase(BOOK.fold('noise cancel, then cancel'), rules)).not.toBeNull();
  });

  it('takes a text apart into known pieces, and into nothing if a word is left', () => {
    const known = [
      ...pieces('hello', compile(['hi', 'hi there'], {})),
      ...pieces('thanks', compile(['thanks'], {})),
    ];
    expect([...consistsOf('hi there , thanks !', known)].sort()).toEqual(['hello', 'thanks']);
    expect(consistsOf('hi there , thanks but', known).size).toBe(0);
  });

  it('cannot be made slow by repetition', () => {
    const known = pieces('x', compile(['good', 'good morning', 'morning'], {}));
    expect(consistsOf(`${'good morning '.repeat(2000)}no`, known).size).toBe(0);
  });
});

describe('sentences and paragraphs', () => {
  it('ends no sentence at an abbreviation or a decimal', () => {
    expect(sentences('It weighs 1.9 kg, e.g. for two. Dry it first!')).toEqual([
      'It weighs 1.9 kg, e.g. for two.',
      'Dry it first!',
    ]);
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('One. ', 'Two? ', 'e.g. ', 'three ', 'Four! '), { maxLength: 12 }),
        (parts) => {
          const text = parts.join('');
          expect(sentences(text).join(' ')).toBe(text.replace(/\s+/g, ' ').trim());
        },
      ),
    );
  });

  it('takes marks off a body', () => {
    expect(paragraphs('# Head\n\n- **One**\n- [two](https://a.example)\n\nLast.')).toEqual([
      'One two',
      'Last.',
    ]);
  });
});
