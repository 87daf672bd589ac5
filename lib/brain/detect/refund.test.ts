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
  ])('fires on "%s"', (text, amount) => {
    expect(detect(text).signal).toMatchObject({ name: 'refund', value: amount, threshold: 500, fired: true });
  });

  it('goes by strictly more than the threshold', () => {
    expect(detect('I want a refund of €500').signal).toMatchObject({ value: 500, fired: false });
    expect(detect('I want a refund of €500.01').signal).toMatchObject({ value: 500.01, fired: true });
  });

  it('is noted without an amount, and does not fire', () => {
    expect(detect('I want a refund').signal).toMatchObject({ value: null, fired: false });
    expect(detect('I want a refund').signal.evidence).toHaveLength(1);
  });

  it.each([
    'what is your refund policy?',
    'how long does a refund take',
    'saw the refund of 889 landed on my account, thank you',
    'does the €640 tent have a money back guarantee',
    'the tent is non-refundable, €640',
    'I paid €640 for the tent, is it in stock?',
    'order 1042 is late',
  ])('does not see one in "%s"', (text) => {
    expect(detect(text).signal).toMatchObject({ value: 0, fired: false, evidence: [] });
  });

  it('takes no order number for an amount', () => {
    expect(detect('I want a refund for order 10428').signal.value).toBeNull();
    expect(detect('I want my money back, order number 1042').signal.value).toBeNull();
  });

  it('joins an amount that follows, and one that was named before', () => {
    expect(detect('I want a refund', 'How much did you pay?', 'it was €640').signal).toMatchObject({
      value: 640,
      fired: true,
    });
    expect(
      detect('I paid €640 and the pole broke', 'Shall we mend it?', 'no, refund me please').signal,
    ).toMatchObject({ value: 640, fired: true });
    expect(detect('I want a refund of €640', 'A person can.', 'ok thanks').signal.fired).toBe(false);
  });

  it('points at the request and at the amount', () => {
    const dialogue = dialogueOf('Please refund me. It was €640.');
    expect(wordsOf(detectRefund(dialogue, 500).signal, dialogue)).toEqual(['refund me', '€640']);
  });
});
