import { describe, expect, it } from 'vitest';
import { ENGLISH } from './language/en';
import { openPhrasebook } from './language/phrasebook';
import { likenesses } from './likeness';

const { words } = openPhrasebook(ENGLISH);
const QUESTIONS = [
  'Do you resole hiking boots?',
  'Is it raining?',
  'can my hiking boots be resoled',
  'new soles please',
];

describe('questions that ask much the same', () => {
  it('are told by their words', () => {
    expect(likenesses(QUESTIONS, new Map(), words)).toEqual([0, 1, 0, 3]);
  });
  it('and by their meaning, where there is one', () => {
    const boots = Int8Array.from([127, 0]);
    const vectors = new Map(
      QUESTIONS.map((question, place) => [question, place === 1 ? Int8Array.from([0, 127]) : boots]),
    );
    expect(likenesses(QUESTIONS, vectors, words)).toEqual([0, 1, 0, 0]);
  });
});
