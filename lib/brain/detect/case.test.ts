import { describe, expect, it } from 'vitest';
import { CASES, type Case } from '../language/language';
import { dialogueOf, wordsOf } from '../test-dialogue';
import { detectCase } from './case';

const SENTENCES: Readonly<Record<Case, { says: string[]; nearMisses: string[] }>> = {
  billing_dispute: {
    says: [
      'I was charged twice for order 1042',
      'you took the money two times from my card',
      'there is a double charge on my statement',
      'the amount on my bill is wrong',
      'my invoice shows 12 licenses but we only have 9',
      'you overcharged me by 20 euros',
      'why am I still being billed after I cancelled in March',
      'I don’t recognise this charge of 14.99',
      'I was billed for a service I never ordered',
      'I want to dispute the charge from Monday',
      'the quote said 80 but you charged me 120',
      'I already paid this invoice and still get reminders',
      'there’s a fee on my bill that I never agreed to',
      'this bill can’t be right, I was away all month',
      'you debited 49 instead of 29',
    ],
    nearMisses: [
      'where can I find my invoice?',
      'when will my card be charged?',
      'why is there VAT on my bill?',
      'how do I pay the invoice?',
      'the payment failed, can I try again?',
      'what does the service fee cover?',
      'can I pay in two instalments?',
      'do you charge for delivery?',
      'I do not know how to see your payment methods',
    ],
  },
  policy_exception: {
    says: [
      'I know returns close after 60 days, but could you still take it back?',
      'could you make an exception for me?',
      'any chance you can waive the fee this once',
      'I’m only two days late, can you still accept the return?',
      'I understand it’s against your policy, but my mother was in hospital',
      'please bend the rules a little, we have been customers for ten years',
      'is there any way to get it back even though it was a final sale?',
      'can you let it slide just this once?',
      'I realise the deadline has passed but would you consider it as a goodwill gesture?',
      'could you extend the return window for me, I was abroad?',
      'I am aware that tickets are non-refundable, but there was a death in the family, could you help?',
    ],
    nearMisses: [
      'are there exceptions to the return policy?',
      'do you make exceptions for students?',
      'what is your return policy?',
      'how late can I check in?',
      'I know how to reset it, but where is the button?',
      'is the deadline on friday or saturday?',
      'my app throws an exception error',
      'please skip this song',
    ],
  },
  enterprise: {
    says: [
      'we need 250 seats for our sales staff',
      'do you have enterprise pricing?',
      'we want to roll this out to the whole company, who do I talk to about a contract?',
      'can we host it on our own servers?',
      'we would need an SLA with guaranteed uptime',
      'is there a volume discount if we order 400 licences',
      'our procurement asks for payment on 60 days terms',
      'we are 1,200 employees in nine countries, can you send a custom quote',
      'we need a dedicated instance and a data processing agreement',
      'can we negotiate the terms of the renewal?',
      'our RFP is due friday, can you answer it',
    ],
    nearMisses: [
      'does the pro plan have 2FA? it’s only me',
      'how many users are in the team plan?',
      'I need two seats for saturday',
      'is there a discount for students?',
      'can I have 3 users on one account?',
      'we are a family of five',
      'can I get a custom engraving?',
      'I was out 200 miles on the bike',
      'move two hundred dollars to my savings',
    ],
  },
  compliance: {
    says: [
      'are you GDPR compliant?',
      'please delete all my personal data',
      'I want a copy of all the data you hold about me',
      'do you have a SOC 2 report?',
      'who is your data protection officer?',
      'I am making a subject access request',
    ],
    nearMisses: [
      'how do I delete a photo?',
      'my mobile data is used up',
      'where do I close the cookie banner',
      'can I export my contacts',
      'is there a privacy screen for the tent',
    ],
  },
  regulated_transaction: {
    says: [
      'please sell 40 shares of my fund',
      'I would like to increase my credit limit',
      'transfer my pension to you',
      'I want to apply for a mortgage of 200000',
      'can you place a limit order for me',
      'please refill my prescription',
    ],
    nearMisses: [
      'is the tent back in stock?',
      'do you accept bitcoin?',
      'I want to buy a tent',
      'what is the interest on the saver?',
      'I would like to order two mugs',
      'should I sell my shares?',
    ],
  },
  sensitive_change: {
    says: [
      'I need to change my bank details',
      'please update the IBAN for my payouts',
      'I moved and want to change my address',
      'change the beneficiary of my policy to my son',
      'my bank account has changed',
      'I got married and need to change my last name',
    ],
    nearMisses: [
      'can you change the delivery address of order 1042?',
      'what is your address?',
      'I want to change the colour',
      'which bank account do I pay into',
      'how do I change my profile picture',
      'I have an issue to address',
    ],
  },
};

for (const name of CASES) {
  describe(name, () => {
    it.each(SENTENCES[name].says)('fires on "%s"', (text) => {
      const dialogue = dialogueOf(text);
      const signal = detectCase(name, dialogue);
      expect(signal).toMatchObject({ name, value: 1, threshold: 1, fired: true });
      expect(wordsOf(signal, dialogue)[0]?.length).toBeGreaterThan(1);
    });

    it.each(SENTENCES[name].nearMisses)('not on "%s"', (text) => {
      expect(detectCase(name, dialogueOf(text))).toMatchObject({
        name,
        value: 0,
        fired: false,
        evidence: [],
      });
    });
  });
}

describe('a turn that holds on', () => {
  it('keeps to what the turn before it said, and points at both', () => {
    const dialogue = dialogueOf(
      'I was charged twice for one order',
      'One of them may drop off.',
      'no, one of them is wrong',
    );
    const signal = detectCase('billing_dispute', dialogue);
    expect(signal.fired).toBe(true);
    expect(signal.evidence.map(({ messageId }) => messageId)).toEqual(['m0', 'm2']);
  });

  it('does so after no other turn', () => {
    expect(detectCase('billing_dispute', dialogueOf('hello', 'Hi!', 'one of them is wrong')).fired).toBe(
      false,
    );
  });
});
