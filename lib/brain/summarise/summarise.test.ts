import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import { REASONS } from '@/lib/domain/handoff';
import { type Article, DEFAULT_THRESHOLDS, type Summary } from '@/lib/domain/judgement';
import { createBrain } from '../brain';
import { BOOK, turnsOf } from '../test-dialogue';
import { gatherFacts, givesFactsOnly } from './facts';

const articles: Article[] = ARTICLES.map((article) => ({
  ...article,
  examples: [...article.examples],
  updatedAt: 0,
}));
const brain = createBrain();
const index = brain.index(articles);

async function handOver(
  customerName: string | null,
  agentName: string | null,
  ...lines: string[]
): Promise<Summary> {
  const turns = turnsOf(...lines);
  const judgement = await brain.judge({
    turns,
    index,
    thresholds: DEFAULT_THRESHOLDS,
    now: turns.at(-1)?.at ?? 0,
    botName: 'Fern',
  });
  return brain.summarise({
    turns,
    index,
    reason: judgement.offer?.reason ?? 'agent_takeover',
    customerName,
    agentName,
    signals: judgement.signals,
  });
}

const things = {
  names: ['Ridgeline 2', 'Halla 3', 'Loft −5'],
  speaksOf: (word: string) => ['pack', 'jacket', 'tent'].includes(word),
};

describe('gatherFacts', () => {
  const facts = (...lines: string[]): Record<string, string> =>
    Object.fromEntries(
      gatherFacts(turnsOf(...lines), things, BOOK).map(({ label, value }) => [label, value]),
    );

  it.each([
    ['it is order 10428', { order: '10428' }],
    ['my order number is A-10428', { order: 'A-10428' }],
    ['order #1042 please', { order: '1042' }],
    ['my parcel LX4471902 is stuck', { order: 'LX4471902' }],
    ['write to jonas.berg@post.example.', { email: 'jonas.berg@post.example' }],
    ['my phone is +47 400 12 345', { phone: '+47 400 12 345' }],
    ['I paid €640 for the ridgeline 2', { amount: '€640', item: 'Ridgeline 2' }],
    ['how warm is the Loft -5', { item: 'Loft −5' }],
    ['a buckle on my old pack broke', { item: 'old pack' }],
    ['it arrived last Friday', { date: 'last Friday' }],
    ['My name is Élodie Martin', { name: 'Élodie Martin' }],
  ])('%s', (text, expected) => expect(facts(text)).toMatchObject(expected));

  it('takes a long order number for no phone number', () => {
    expect(facts('order 4004012345')).toEqual({ order: '4004012345' });
  });

  it('reads a bare number as the order where the bot asked for one', () => {
    expect(facts('it is late', 'What is your order number?', '10428')).toMatchObject({ order: '10428' });
  });

  it('lets a correction replace the older value, and remembers where each was said', () => {
    const gathered = gatherFacts(
      turnsOf('order 1042', 'Ok.', 'sorry, order 1043', 'Ok.', 'order 1043 it is'),
      things,
      BOOK,
    );
    expect(gathered).toEqual([{ label: 'order', value: '1043', messageId: 'm2' }]);
  });

  it.each(['where is my order?', 'I have 3 tents', 'my wife likes it', 'call me on Monday maybe', 'in 2024'])(
    'finds no number or thing in "%s"',
    (text) => {
      const found = facts(text);
      expect([found.order, found.email, found.phone, found.amount, found.item]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  it('knows a bare detail from a question', () => {
    const [bare, asked] = turnsOf('order 10428', 'visitor: where is order 10428, it is late');
    expect(bare && givesFactsOnly(bare, BOOK)).toBe(true);
    expect(asked && givesFactsOnly(asked, BOOK)).toBe(false);
  });
});

describe('summarise', () => {
  it('fills the slots: issue, tried, gathered, mood, ask', async () => {
    const answer =
      'bot: A zip that sticks is nearly always dirty. Brush the teeth with warm water and a drop of soap, let it dry, and run a candle along both sides. Never use oil, which gathers sand.';
    const summary = await handOver(
      'Maya Lindqvist',
      'Jonas Hald',
      'Hi, the zip on my Halla 3 is stuck',
      answer,
      'visitor: I want my €589 back, it is order A-10428',
    );
    expect(summary.summary).toContain('Maya Lindqvist wrote: “Hi, the zip on my Halla 3 is stuck”');
    expect(summary.summary).toContain('Latest: “I want my €589 back, it is order A-10428”');
    expect(summary.summary).toContain('The refund of €589 is over the bot’s limit.');
    expect(summary.intent).toBe('Refund');
    expect(summary.tried).toEqual(['Zips that stick or split']);
    expect(summary.gathered).toEqual([
      { label: 'Order', value: 'A-10428', messageId: 'm2' },
      { label: 'Item', value: 'Halla 3', messageId: 'm0' },
      { label: 'Amount', value: '€589', messageId: 'm2' },
    ]);
    expect(summary.actions[0]).toBe('Check order A-10428 in the shop before you reply');
    expect(summary.actions).toContain('Decide on the refund of €589: it is over the bot’s limit');
    expect(summary.articles[0]?.id).toBe('zips-that-stick-or-split');
    expect(summary.greeting).toBe(
      'Hi Maya, I’m Jonas. I’ve read everything about order A-10428, so you needn’t repeat a thing. Let me look at that refund right away.',
    );
    expect(summary.recovery).toBeNull();
  });

  it('claims nothing that was not said', async () => {
    const summary = await handOver(null, null, 'I want to talk to a person');
    expect(summary).toMatchObject({ gathered: [], tried: [], articles: [], intent: null, mood: 'calm' });
    expect(summary.greeting).not.toMatch(/\{|null|undefined/);
    expect(summary.actions.length).toBeGreaterThanOrEqual(2);
  });

  it('asks for empathy first when the customer is frustrated', async () => {
    const summary = await handOver(
      'Élodie Martin',
      'Jonas Hald',
      'my tracking has not updated',
      'Please wait.',
      'I already told you, this is ridiculous!!',
    );
    expect(summary.mood).toBe('frustrated');
    expect(summary.recovery).toMatch(/^Empathy first/);
    expect(summary.greeting).toContain('sorry');
  });

  it('reads for every reason, with and without names', async () => {
    for (const reason of REASONS) {
      for (const [customerName, agentName] of [
        ['Maya', 'Jonas'],
        [null, 'Jonas'],
        ['Maya', null],
        [null, null],
      ] as const) {
        const summary = await brain.summarise({
          turns: turnsOf('where is my order 1042?'),
          index,
          reason,
          customerName,
          agentName,
          signals: [],
        });
        const all = [summary.summary, summary.greeting, ...summary.actions, ...summary.keyPoints].join('\n');
        expect(all).not.toMatch(/\{|\}|null|undefined/);
        expect(summary.actions.length).toBeGreaterThanOrEqual(1);
        expect(summary.actions.length).toBeLessThanOrEqual(3);
      }
    }
  });

  it('has something to say where the visitor has written nothing', async () => {
    const summary = await brain.summarise({
      turns: [],
      index,
      reason: 'requested_by_customer',
      customerName: 'Maya',
      agentName: 'Jonas',
      signals: [],
    });
    expect(summary.summary).toContain('No question yet.');
    expect(summary.greeting).toMatch(/^Hi Maya, I’m Jonas\./);
  });
});
