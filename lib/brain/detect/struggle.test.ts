import { describe, expect, it } from 'vitest';
import type { Turn } from '@/lib/domain/judgement';
import { BOOK, dialogueOf, turnsOf } from '../test-dialogue';
import { type Dialogue, readDialogue } from './dialogue';
import { detectLongSession } from './long-session';
import { detectLoop } from './loop';
import { detectLowConfidence } from './low-confidence';
import { detectOutOfScope } from './out-of-scope';

const nothing = { topArticle: () => null, alike: () => null };

describe('loop', () => {
  const asked = [
    'how long does the repair take?',
    'Book it under Repairs.',
    'ok but how long does the repair take',
    'Book it under Repairs.',
    'I mean how long the repair takes, in days',
  ];

  it('counts the same question in other words', () => {
    expect(detectLoop(dialogueOf(...asked), 3, nothing)).toMatchObject({
      value: 3,
      threshold: 3,
      fired: true,
    });
    expect(detectLoop(dialogueOf(...asked.slice(0, 3)), 3, nothing)).toMatchObject({
      value: 2,
      fired: false,
    });
  });

  it('names every time it was asked', () => {
    expect(detectLoop(dialogueOf(...asked), 3, nothing).evidence.map(({ messageId }) => messageId)).toEqual([
      'm0',
      'm2',
      'm4',
    ]);
  });

  it('takes another wording for the same where it leads to the same article and shares a word', () => {
    const talk = dialogueOf(
      'tent pole price',
      'No idea.',
      'cost of a new pole',
      'No idea.',
      'what do I pay for the pole of it',
    );
    expect(detectLoop(talk, 3, { ...nothing, topArticle: () => 'broken-tent-pole' }).fired).toBe(true);
    expect(detectLoop(talk, 3, nothing).fired).toBe(false);
  });

  it('does not count a double send, small talk or new questions about one subject', () => {
    expect(
      detectLoop(
        dialogueOf('where is my order', 'visitor: where is my order', 'visitor: where is my order'),
        3,
        nothing,
      ).value,
    ).toBe(1);
    expect(detectLoop(dialogueOf('hello', 'Hi!', 'hello', 'Hi!', 'hello'), 3, nothing).value).toBe(0);
    const heatPump = dialogueOf(
      'does it work in snow?',
      'Yes.',
      'and how heavy is it',
      '2 kg.',
      'what colours are there',
    );
    expect(detectLoop(heatPump, 3, { ...nothing, topArticle: () => 'choosing-a-tent' }).value).toBe(1);
  });
});

describe('long_session', () => {
  const minute = 60_000;
  const talk = (...minutes: number[]): Turn[] =>
    minutes.map((at, place) => ({
      id: `m${place}`,
      author: place % 2 === 0 ? 'visitor' : 'bot',
      text: place % 2 === 0 ? `where is part ${place}` : 'I see.',
      at: at * minute,
    }));
  const read = (turns: Turn[]): Dialogue => {
    const dialogue = readDialogue(turns, BOOK);
    if (dialogue === null) throw new Error('No visitor.');
    return dialogue;
  };

  it('fires at the turn that crosses the limit, and not again at the next', () => {
    const turns = talk(0, 3, 6, 9, 10, 10.5, 11);
    expect(detectLongSession(read(turns.slice(0, 3)), 10, 6 * minute).fired).toBe(false);
    expect(detectLongSession(read(turns.slice(0, 5)), 10, 10 * minute)).toMatchObject({
      value: 10,
      fired: true,
    });
    expect(detectLongSession(read(turns), 10, 11 * minute).fired).toBe(false);
  });

  it('counts a pause as five minutes at most', () => {
    expect(detectLongSession(read(talk(0, 1, 60)), 10, 60 * minute).value).toBe(6);
  });

  it('begins again when something was settled', () => {
    const turns = turnsOf('where is my label', 'There.', 'thanks, that helped', 'Good.', 'and the pegs?');
    expect(detectLongSession(read(turns), 10, 4 * minute).value).toBe(1);
  });
});

describe('low_confidence', () => {
  it('fires strictly below the threshold', () => {
    const dialogue = dialogueOf('do you rent kayaks');
    expect(detectLowConfidence(dialogue, 0.399, 0.4).fired).toBe(true);
    expect(detectLowConfidence(dialogue, 0.4, 0.4).fired).toBe(false);
  });

  it('cannot fire where there is nothing to compare with', () => {
    expect(detectLowConfidence(dialogueOf('hello'), null, 0.4)).toMatchObject({ value: null, fired: false });
  });
});

describe('out_of_scope', () => {
  const far = { candidates: [], termCount: 3, unknown: 1 };

  it('fires on what is none of a shop’s business', () => {
    expect(detectOutOfScope(dialogueOf('write me a poem about the sea'), far, false)).toMatchObject({
      value: 1,
      fired: true,
    });
    expect(detectOutOfScope(dialogueOf('who is the president'), far, false).fired).toBe(true);
  });

  it('fires where no article shares a word', () => {
    expect(detectOutOfScope(dialogueOf('is the zeppelin ready'), far, false).fired).toBe(true);
  });

  it('does not fire on small talk, on a confident answer, or on a language it cannot read', () => {
    expect(detectOutOfScope(dialogueOf('good morning'), far, false).fired).toBe(false);
    expect(detectOutOfScope(dialogueOf('is the zeppelin ready'), far, true).fired).toBe(false);
    expect(detectOutOfScope(dialogueOf('Passt der Kocher auch auf alte Kartuschen?'), far, false).fired).toBe(
      false,
    );
  });
});
