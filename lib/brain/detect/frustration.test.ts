import { describe, expect, it } from 'vitest';
import { dialogueOf, wordsOf } from '../test-dialogue';
import { detectFrustration } from './frustration';

const detect = (...lines: string[]) => detectFrustration(dialogueOf(...lines), 0.7);

describe('frustration', () => {
  it.each([
    'This is ridiculous, you useless bot!!',
    'I already told you twice. Why is this so hard?',
    'FOR THE THIRD TIME!! nobody answers me',
    'what a waste of my time, I give up',
    'why is this so hard',
    'I am done being polite',
    'Is anyone even reading this?',
    'I expected better from you, frankly',
    'wow. what a clever idea, only tried that ten times',
    'this is the fourth agent I explain it to',
    'do you even read what I write',
    'no point asking you, forget it',
    'we have been waiting for three weeks and nobody has called',
    'my order is still not here 😡 where is it, third time I ask',
  ])('fires on "%s"', (text) => expect(detect(text).fired).toBe(true));

  it.each([
    'DO YOU SHIP TO USA',
    'HOLY CRAP that was fast!!! thank you',
    'sorry for the stupid question, how do I wash it?',
    'the weather was terrible but the tent is great',
    'my sister is angry that I have a better tent',
    'Where is my order?',
    'my parcel arrived damaged',
    'I lost a peg',
    'how many times can I use the voucher?',
    'do you think it will rain in May?',
    'what is the point of the second zip?',
    'great',
    'I have been waiting for the summer all year, which tent is best?',
  ])('stays below a half on "%s"', (text) => expect(detect(text).value).toBeLessThan(0.5));

  it('is uneasy at a hint, and fires when another follows', () => {
    const once = detect('my tracking does not move', 'Please wait.', 'still no news');
    expect(once.fired).toBe(false);
    expect(once.value).toBeGreaterThan(0.35);
    expect(
      detect(
        'my tracking does not move',
        'Please wait.',
        'still no news',
        'I don’t know.',
        'come on, nobody answers',
      ).fired,
    ).toBe(true);
  });

  it('fades when the visitor calms down, and ends with thanks', () => {
    const angry = ['this is ridiculous!! you are useless', 'Sorry.'];
    const after = detect(...angry, 'where do I find the label?');
    expect(after.fired).toBe(false);
    expect(detect(...angry, 'thanks, that helps').value).toBe(0);
  });

  it('takes no offence at capitals where all is in capitals', () => {
    expect(detect('DO YOU SHIP TO NORWAY', 'Yes.', 'GREAT. AND DO I PAY CUSTOMS THEN').value).toBeLessThan(
      0.05,
    );
  });

  it('starts afresh after a person has spoken', () => {
    expect(
      detect(
        'this is ridiculous!! useless',
        'agent: I am sorry, here is the label.',
        'visitor: where do I post it?',
      ).value,
    ).toBe(0);
  });

  it('points at what was said', () => {
    const dialogue = dialogueOf('Honestly, why is this so hard?');
    expect(wordsOf(detectFrustration(dialogue, 0.7), dialogue)).toEqual(['why is this so hard']);
  });
});
