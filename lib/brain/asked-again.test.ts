import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '@/lib/domain/judgement';
import { createBrain } from './brain';
import { mindHere } from './mind';
import { turnsOf } from './test-dialogue';

const brain = createBrain(mindHere());
const index = brain.index([]);

async function loopIn(texts: readonly string[]): Promise<number> {
  const turns = turnsOf(...texts);
  const judged = await brain.judge({ turns, index, thresholds: DEFAULT_THRESHOLDS, now: 0, botName: 'Fern' });
  return Number(judged.signals.find(({ name }) => name === 'loop')?.value);
}

/** Asked three times, in words that hardly one has in common with another. */
const ASKED_AGAIN: readonly string[][] = [
  [
    'Why was my card declined?',
    'Cards are declined when the bank refuses the payment. Please check with your bank.',
    "The bank says there's nothing wrong. What makes the payment fail?",
    'You can pay by card, PayPal or bank transfer.',
    "That doesn't tell me why it keeps rejecting my payment",
  ],
  [
    'when will my parcel get here',
    'Delivery takes three to five working days.',
    'I ordered nine days ago. any idea when it arrives?',
    'Standard delivery takes three to five working days.',
    'so what day is it coming',
  ],
  [
    'How can I change the email on my account?',
    'You can find your profile in the top right corner.',
    "There's no email field there. Where do I put my new address?",
    'Your profile lists your name and password.',
    'I need my login mail updated, how do I do it',
  ],
  [
    'The app crashes when I open photos',
    'Please make sure that you have the latest version.',
    'I have the latest version and it still closes itself on photos',
    'You can reinstall the app from the store.',
    'Reinstalled. opening a picture still kills the app',
  ],
  [
    'Is the blue jacket waterproof?',
    'Our jackets come in blue, red and green.',
    'I mean does it keep the rain out',
    'The blue jacket costs 89 euros.',
    'Will I get wet wearing it in a downpour or not?',
  ],
  [
    'can I bring my dog to the cabin',
    "Check-in is from three o'clock.",
    'are pets allowed in there?',
    'The cabin sleeps four.',
    'what about animals, is my labrador welcome',
  ],
  [
    'I need an invoice with my VAT number',
    'Invoices are in your account under Orders.',
    'the one there has no VAT number on it, how do i get it added',
    'Invoices can be downloaded as PDF.',
    'ok but the tax id is missing. can you issue one with it?',
  ],
  [
    'How long does a refund take?',
    'Refunds go back to the original means of payment.',
    'And how many days is that?',
    'Refunds are made once the parcel is checked.',
    'When will the money be back on my account?',
  ],
  [
    'Do you deliver to Norway?',
    'We deliver to most countries in Europe.',
    'Is Norway one of them?',
    'Shipping costs depend on the weight.',
    'yes or no, can you ship to Oslo',
  ],
];

/** New questions about one subject, each of which was answered. */
const ASKED_ON: readonly string[][] = [
  [
    'How long is the warranty?',
    'Two years.',
    'Does it cover the battery?',
    'Batteries are covered for one year.',
    'And who pays the postage if I send it in under warranty?',
  ],
  [
    'What time do you open on Saturday?',
    'At nine.',
    'And on Sunday?',
    'We are closed on Sundays.',
    'Do you have parking?',
  ],
  [
    'Can I return shoes I wore once?',
    'Shoes must be unworn.',
    'Who pays for the return parcel?',
    'Returns are free.',
    'How soon do I get my money after the return?',
  ],
  [
    'Where do I find my invoices?',
    'Under Orders in your account.',
    'Thanks. Can I get one without VAT?',
    'For that we need your VAT number.',
    'How do I add the VAT number?',
  ],
  [
    'Do you ship to Norway?',
    'Yes, we do.',
    'What does shipping to Norway cost?',
    'It is 12 euros.',
    'How long does shipping to Norway take?',
  ],
  [
    'How do I reset my password?',
    'Press Forgot password on the sign-in page.',
    "I don't get the mail",
    'Please look in your spam folder.',
    'found it thanks, can I also change my user name?',
  ],
  [
    'can I bring my dog',
    'Dogs are welcome.',
    'is there a fee for the dog',
    'It is 10 euros a night.',
    'can the dog stay alone in the room',
  ],
  [
    'how do i cancel my gym membership',
    'You can cancel in the app.',
    'when does it end if i cancel today',
    'At the end of the month.',
    'do i get money back for the rest of the month',
  ],
  [
    'which plan has team folders',
    'The Pro plan.',
    'how many members does the pro plan allow',
    'Up to ten.',
    'what does the pro plan cost per member',
  ],
];

describe('a loop, by meaning', { timeout: 60_000 }, () => {
  it.each(ASKED_AGAIN)('is in "%s"', async (...texts) => {
    expect(await loopIn(texts)).toBe(3);
  });

  it.each(ASKED_ON)('is not in "%s"', async (...texts) => {
    expect(await loopIn(texts)).toBeLessThan(3);
  });
});
