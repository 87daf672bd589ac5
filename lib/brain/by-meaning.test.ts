import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import {
  type Article,
  DEFAULT_THRESHOLDS,
  type Judgement,
  type KnowledgeIndex,
} from '@/lib/domain/judgement';
import { createBrain } from './brain';
import { openEmbedder } from './embed/embedder';
import { loadUseLite } from './embed/use-lite';
import { KEPT_NOWHERE, mindHere } from './mind';
import { turnsOf } from './test-dialogue';

const LARKFELL: Article[] = ARTICLES.map((article) => ({
  ...article,
  examples: [...article.examples],
  updatedAt: 7,
}));
const mind = mindHere();
const brain = createBrain(mind);
const judge = (index: KnowledgeIndex, text: string, by = brain): Promise<Judgement> =>
  by.judge({ turns: turnsOf(text), index, thresholds: DEFAULT_THRESHOLDS, now: 0, botName: 'Fern' });

const article = (id: string, title: string, body: string, examples: string[] = []): Article => ({
  id,
  title,
  body,
  category: '',
  examples,
  updatedAt: 0,
});
/** A small base without one example question, in markdown. */
const BARE = [
  article(
    'delivery',
    'Delivery times',
    '# Delivery\n\nParcels within the country take **two to three days**.\n\n- Express: next day\n- Abroad: a week',
  ),
  article('returns', 'Sending things back', 'You have 60 days. Print the label [here](https://a.example/l).'),
  article(
    'password',
    'Forgotten password',
    'Choose *Forgot password* at the sign-in, and follow the e-mail.',
  ),
  article('opening', 'Opening hours', 'Our shop is open from nine to six, on Saturdays from ten to four.'),
  article('warranty', 'Warranty', 'We mend or replace what breaks within two years.'),
  article('invoices', 'Invoices', 'Your invoice is in your account, under Orders.'),
  article('newsletter', 'Newsletter', 'Unsubscribe with the link at the foot of each letter.'),
  article('gift-cards', 'Gift cards', 'A gift card holds 20 to 500 euros and never expires.'),
];

describe('judging by meaning', { timeout: 60_000 }, () => {
  it('answers a long message where one of its sentences would be answered, and not for its many words', async () => {
    const index = await brain.study(LARKFELL, KEPT_NOWHERE);
    const told =
      'Good evening, I hope you had a calmer week than we did. My brother moved in with two dogs and a drum kit on Tuesday. ' +
      'The neighbours are already writing letters and the kitchen smells.';
    expect((await judge(index, told)).confidence).toBeLessThan(DEFAULT_THRESHOLDS.confidence);
    const asked = await judge(index, `${told} How much does delivery cost?`);
    expect(asked.confidence).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.confidence);
    expect(asked.article?.id).toBe('delivery-times-and-costs');
  });

  it('finds what is asked in other words', async () => {
    const index = await brain.study(BARE, KEPT_NOWHERE);
    for (const [text, id] of [
      ['when will my package get here', 'delivery'],
      ['I cannot log in any more', 'password'],
      ['what time do you close on saturday', 'opening'],
      ['I want to give something back to you', 'returns'],
    ] as const) {
      expect((await judge(index, text)).article?.id, text).toBe(id);
    }
  });

  it('is sure of nothing that a small base does not hold', async () => {
    const index = await brain.study(BARE, KEPT_NOWHERE);
    for (const text of ['who won the football match last night', 'can you book me a flight to Rome']) {
      expect((await judge(index, text)).confidence, text).toBeLessThan(0.4);
    }
  });

  it('gives the same figures for the same articles, in any order and from any instance', async () => {
    const other = createBrain(mindHere());
    const [index, shuffled] = [
      await brain.study(BARE, KEPT_NOWHERE),
      await other.study([...BARE].reverse(), KEPT_NOWHERE),
    ];
    expect(shuffled).toEqual(index);
    for (const text of ['where is my parcel', 'my tent is torn', 'hello']) {
      expect(await judge(shuffled, text, other)).toEqual(await judge(index, text));
    }
  });

  it('goes by words where the model does not answer, and says so once', async () => {
    const said: unknown[] = [];
    let isDown = false;
    const embedder = openEmbedder('m', async (texts) => {
      if (isDown) throw new Error('gone');
      return mind.embedder.embed(texts);
    });
    const failing = createBrain({ ...mind, embedder }, (error) => said.push(error));
    const index = await failing.study(LARKFELL.slice(0, 5), KEPT_NOWHERE);
    isDown = true;
    const byWords = createBrain();
    const words = byWords.index(LARKFELL.slice(0, 5));
    for (const text of ['where is my order', 'I forgot my password']) {
      expect(await judge(index, text, failing)).toEqual(await judge(words, text, byWords));
    }
    expect(said).toEqual([new Error('gone')]);
    isDown = false;
    await judge(index, 'how long does delivery take', failing);
    isDown = true;
    await judge(index, 'can I return it', failing);
    expect(said).toHaveLength(2);
  });

  it('leaves the faults of the process to the process', async () => {
    const before = ['uncaughtException', 'unhandledRejection'].map((fault) => process.listenerCount(fault));
    await loadUseLite();
    expect(['uncaughtException', 'unhandledRejection'].map((fault) => process.listenerCount(fault))).toEqual(
      before,
    );
  });

  it('stands an empty base, and articles that say nothing', async () => {
    const empty = await brain.study([], KEPT_NOWHERE);
    expect((await judge(empty, 'where is my order')).confidence).toBeNull();
    const mute = await brain.study([article('a', '', '', ['']), article('b', '?', '')], KEPT_NOWHERE);
    expect((await judge(mute, 'where is my order')).confidence).toBeLessThan(0.4);
  });
});
