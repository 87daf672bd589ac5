import { describe, expect, it } from 'vitest';
import type { Signal } from '@/lib/domain/signal';
import { dialogueOf, wordsOf } from '../test-dialogue';
import { detectCancellation } from './cancellation';
import { detectComplaint } from './complaint';
import type { Dialogue } from './dialogue';
import { detectFinancial } from './financial';
import { detectLegal } from './legal';
import { detectMedical } from './medical';
import { detectSecurity } from './security';

interface Cases {
  detect: (dialogue: Dialogue) => Signal;
  says: string[];
  nearMisses: string[];
}

const CASES: Record<string, Cases> = {
  cancellation: {
    detect: detectCancellation,
    says: [
      'Please cancel order 1042',
      'how do I cancel my subscription',
      'I want to close my account and delete everything',
      'cancel it',
      'I no longer want my order',
      'i want to cancl my order',
    ],
    nearMisses: [
      'does the tent cancel out the noise of the rain',
      'noise cancelling headphones',
      'my flight was cancelled by you',
      'is there a cancellation fee',
      'if I sign up now can I cancel anytime',
      'can I cancel the return and keep the tent',
      'please don’t cancel it',
      'when do you close today',
      'my mother has cancer and cannot carry much',
    ],
  },
  legal: {
    detect: detectLegal,
    says: [
      'my solicitor will write to you',
      'I will take you to court',
      'can I sue you for this',
      'what are my legal rights here',
      'what does the law say about it',
      'is that clause even enforceable',
    ],
    nearMisses: [
      'my legal name is different from the one on my account',
      'we are a law firm and need three packs',
      'is there a tennis court near the shop',
      'what is the legal entity name for the invoice',
      'my sister in law gave it to me',
      'where is the court house',
    ],
  },
  medical: {
    detect: detectMedical,
    says: [
      'my son feels dizzy, what should we do?',
      'I have a rash from the sleeping bag, which cream should I use',
      'my puppy ate a tablet, is that dangerous',
      'we have carbon monoxide in the tent, what do I do',
      'is it safe to take ibuprofen at altitude',
    ],
    nearMisses: [
      'I had the flu all week so I missed my delivery, can it come on friday?',
      'is the first aid kit included',
      'my blood pressure monitor shows E3',
      'is the coating free of toxic chemicals',
      'what a headache this tent is',
      'is the loft bag safe to wash',
    ],
  },
  financial: {
    detect: detectFinancial,
    says: [
      'should I invest my savings now or wait',
      'which coin will go up most this month',
      'is it a good idea to borrow for it, I have debts already',
      'would you put it in stocks or in my pension?',
    ],
    nearMisses: [
      'can I pay in instalments',
      'is the Halla 3 in stock, should I wait?',
      'which stove would you take for two',
      'do I have to pay customs',
      'is the tent a good investment in the long run for a family',
    ],
  },
  security: {
    detect: detectSecurity,
    says: [
      'Someone changed my delivery address and ordered two tents',
      'my account was hacked',
      'there is an unauthorised payment on my card',
      'I typed my password on a fake site, what now',
      'there are two orders on my account that I did not make',
      'somebody else has logged into my account',
    ],
    nearMisses: [
      'I forgot my password',
      'I am locked out of my account',
      'how much is the fraud protection feature',
      'does it alert me if someone tries to use my card',
      'have you ever had a data breach?',
      'could someone change my delivery address please',
      'my tent was stolen from the car',
      'a new sleeping bag for my brother, not for me',
    ],
  },
  complaint: {
    detect: detectComplaint,
    says: [
      'I want to make a complaint',
      'this is terrible service',
      'your driver was rude to me',
      'I am very disappointed with the repair',
      'I will report you to the ombudsman',
      'I want that noted',
    ],
    nearMisses: [
      'no complaints so far',
      'is this tent compliant with fire rules',
      'I can’t complain, it is a lovely tent',
      'the weather was terrible',
      'my parcel arrived damaged',
      'how do I report a lost parcel',
      'is it good in bad weather',
    ],
  },
};

for (const [name, { detect, says, nearMisses }] of Object.entries(CASES)) {
  describe(name, () => {
    it.each(says)('fires on "%s"', (text) => {
      const dialogue = dialogueOf(text);
      const signal = detect(dialogue);
      expect(signal).toMatchObject({ name, value: 1, threshold: 1, fired: true });
      expect(wordsOf(signal, dialogue)[0]?.length).toBeGreaterThan(1);
    });

    it.each(nearMisses)('not on "%s"', (text) => {
      expect(detect(dialogueOf(text))).toMatchObject({ name, value: 0, fired: false, evidence: [] });
    });
  });
}

describe('what came before', () => {
  it('is a cancellation when the visitor says yes to one', () => {
    expect(
      detectCancellation(dialogueOf('I don’t use it', 'Shall I cancel your order?', 'yes please')).fired,
    ).toBe(true);
    expect(
      detectCancellation(dialogueOf('I don’t use it', 'Shall I send a label?', 'yes please')).fired,
    ).toBe(false);
  });

  it('gives the matter of a question asked one turn later', () => {
    expect(
      detectMedical(dialogueOf('my son has a rash from the mat', 'I am sorry.', 'what should we do?')).fired,
    ).toBe(true);
  });
});
