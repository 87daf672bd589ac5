import { describe, expect, it } from 'vitest';
import { dialogueOf, wordsOf } from '../test-dialogue';
import { detectMultiQuestion } from './multi-question';
import { detectTopicSwitches } from './topic-switches';

const none = (): null => null;
const alternate = (...said: string[]): string[] => said.flatMap((text) => [text, 'I see.']).slice(0, -1);
const topics = (...said: string[]) => detectTopicSwitches(dialogueOf(...alternate(...said)), 4, none);

describe('topic_switches', () => {
  const four = [
    'what time does the restaurant open',
    'can I bring my cat',
    'is there a charger for electric cars',
    'also how do I get a new password for the app',
  ];

  it('fires at the fourth unrelated topic and at each new one after', () => {
    expect(topics(...four.slice(0, 3))).toMatchObject({ value: 3, threshold: 4, fired: false });
    expect(topics(...four)).toMatchObject({ value: 4, fired: true });
    expect(topics(...four).evidence).toHaveLength(4);
    expect(topics(...four, 'how long is it valid')).toMatchObject({ value: 4, fired: false });
    expect(topics(...four, 'one more thing, do you sell umbrellas')).toMatchObject({ value: 5, fired: true });
  });

  it('goes by the threshold', () => {
    expect(detectTopicSwitches(dialogueOf(...alternate(...four.slice(0, 2))), 2, none).fired).toBe(true);
  });

  it.each([
    [
      [
        'what does delivery to Ireland cost',
        'how long does it take',
        'and express?',
        'which courier is it',
        'is tracking included',
      ],
    ],
    [['my tent leaks at the seam', 'yes', 'it is two years old', 'I sealed the seam already', 'what now?']],
    [
      [
        'is the jacket waterproof',
        'what colours are there',
        'how heavy is it',
        'does it come in large',
        'and the price?',
      ],
    ],
    [['hello', 'how are you', 'are you a bot', 'thanks', 'bye']],
  ])('does not count turns on one subject: %j', (said) => {
    const seen = said.map((_, place) => topics(...said.slice(0, place + 1)));
    expect(seen.some(({ fired }) => fired)).toBe(false);
  });

  it('does not count a subject taken up again', () => {
    const again = [...four.slice(0, 3), 'and the restaurant, is it open on sunday'];
    expect(topics(...again)).toMatchObject({ value: 3, fired: false });
  });

  it('takes two turns that one article answers for one topic', () => {
    const talk = dialogueOf(...alternate('where do I post it', 'who pays the postage stamp'));
    expect(detectTopicSwitches(talk, 2, () => 'returns').value).toBe(1);
  });
});

describe('multi_question', () => {
  const ask = (text: string) => detectMultiQuestion(dialogueOf(text), 2);

  it.each([
    'What time do you open tomorrow, and can I return a jacket without the receipt?',
    'Do you ship to Norway? Is there a job for me in your warehouse? How do I reset my password?',
    'I want to know how to read the meter, also whether you rent out kayaks, and my app crashes',
    'how do I change my seat and where do I find the invoice for my last trip',
  ])('fires on "%s"', (text) => {
    const dialogue = dialogueOf(text);
    const signal = detectMultiQuestion(dialogue, 2);
    expect(signal).toMatchObject({ name: 'multi_question', threshold: 2, fired: true });
    expect(wordsOf(signal, dialogue)).toHaveLength(signal.value ?? 0);
  });

  it.each([
    'How much RAM does the laptop have, can it be upgraded and is it soldered?',
    'What does the tent weigh and what colours are there?',
    'If I lose my card, can I still use the app?',
    'How much is delivery and how long does it take?',
    'My transfer is stuck. What happened? Can you check?',
    'how do I find the bill from Mr. Jones?',
    'Where is my order?',
    'I have two dogs and a cat.',
  ])('not on "%s"', (text) => expect(ask(text).fired).toBe(false));
});
