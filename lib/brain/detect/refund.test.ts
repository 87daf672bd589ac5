import { describe, expect, it } from 'vitest';
import { dialogueOf, wordsOf } from '../test-dialogue';
import { detectRefund } from './refund';

const detect = (...lines: string[]) => detectRefund(dialogueOf(...lines), 500);

describe('refund', () => {
  it.each([
    ['I’d like my €640 back', 640],
    ['refund the 899 or I leave', 899],
    ['may I have the £1,240 back on my card please?', 1240],
    ['I want the surcharge of 612,50 € back from the 2.450 € total', 612.5],
    ['please give me a refund for the tent, it was 589 euro', 589],
    ['i would like to get my money back, five hundred and forty dollars', 540],
  ])('is over the limit in "%s"', (text, amount) => {
    const { asked, overLimit } = detect(text);
    expect(asked).toMatchObject({ name: 'refund', value: amount, threshold: null, fired: true });
    expect(overLimit).toMatchObject({
      name: 'refund_over_limit',
      value: amount,
      threshold: 500,
      fired: true,
    });
  });

  it('is over it by strictly more than the threshold', () => {
    expect(detect('I want a refund of €500').overLimit).toMatchObject({ value: 500, fired: false });
    expect(detect('I want a refund of €500.01').overLimit).toMatchObject({ value: 500.01, fired: true });
  });

  it.each([
    'I want a refund',
    'give me my money back',
    'where do I ask for a rebate of my money',
    'can I get reimbursed for the broken pole?',
    'please send back the deposit to my card',
  ])('is asked for without an amount in "%s"', (text) => {
    const { asked, overLimit } = detect(text);
    expect(asked).toMatchObject({ value: null, fired: true });
    expect(asked.evidence).toHaveLength(1);
    expect(overLimit.fired).toBe(false);
  });

  it.each([
    'what is your refund policy?',
    'how long does a refund take',
    'in which cases can I ask for a refund',
    'saw the refund of 889 landed on my account, thank you',
    'does the €640 tent have a money back guarantee',
    'the tent is non-refundable, €640',
    'I paid €640 for the tent, is it in stock?',
    'order 1042 is late',
  ])('is not seen in "%s"', (text) => {
    const { asked, overLimit } = detect(text);
    expect(asked).toMatchObject({ value: 0, fired: false, evidence: [] });
    expect(overLimit).toMatchObject({ value: 0, fired: false, evidence: [] });
  });

  it('takes no order number for an amount', () => {
    expect(detect('I want a refund for order 10428').asked.value).toBeNull();
    expect(detect('I want my money back, order number 1042').asked.value).toBeNull();
  });

  it('joins an amount that follows, and one that was named before', () => {
    const followed = detect('I want a refund', 'How much did you pay?', 'it was €640');
    expect(followed.asked).toMatchObject({ value: 640, fired: false });
    expect(followed.overLimit).toMatchObject({ value: 640, fired: true });
    const before = detect('I paid €640 and the pole broke', 'Shall we mend it?', 'no, refund me please');
    expect(before.overLimit).toMatchObject({ value: 640, fired: true });
  });

  it('points at the request and at the amount', () => {
    const dialogue = dialogueOf('Please refund me. It was €640.');
    expect(wordsOf(detectRefund(dialogue, 500).overLimit, dialogue)).toEqual(['refund me', '€640']);
  });
});
