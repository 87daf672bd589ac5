import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import { AGENTS, CUSTOMERS, PRODUCTS, SCRIPTS, TEAMS } from '@/db/seed/larkfell/script';
import { type Brain, DEFAULT_THRESHOLDS, type KnowledgeIndex, type Turn } from '@/lib/domain/judgement';
import { createBrain } from './brain';
import { KEPT_NOWHERE, mindHere } from './mind';

const articles = ARTICLES.map((article) => ({ ...article, examples: [...article.examples], updatedAt: 0 }));

const byWords = createBrain();
const byMeaning = createBrain(mindHere());
const WAYS = [
  { way: 'by words', brain: byWords, index: byWords.index(articles) },
  { way: 'by meaning', brain: byMeaning, index: await byMeaning.study(articles, KEPT_NOWHERE) },
];

/** Plays a script against today's brain: the reason of the offer at each visitor turn, or null. */
async function play(
  brain: Brain,
  index: KnowledgeIndex,
  lines: readonly string[],
): Promise<(string | null)[]> {
  const turns: Turn[] = [];
  const offers: (string | null)[] = [];
  for (const [place, text] of lines.entries()) {
    const now = place * 60_000;
    turns.push({ id: `v${place}`, author: 'visitor', text, at: now });
    const { reply, offer } = await brain.judge({
      turns,
      index,
      thresholds: DEFAULT_THRESHOLDS,
      now,
      botName: 'Fern',
    });
    turns.push({ id: `b${place}`, author: 'bot', text: reply.text, at: now + 2000 });
    offers.push(offer?.reason ?? null);
  }
  return offers;
}

describe.each(WAYS)('the scripts of Larkfell, $way', ({ brain, index }) => {
  for (const script of SCRIPTS) {
    const products = PRODUCTS.filter(({ name }) => script.products?.includes(name) ?? name === 'Fell 38');
    it.each(products)(`${script.id} ($name)`, async ({ name, price }) => {
      const lines = script.turns.map((line) =>
        line.replaceAll('{order}', '10428').replaceAll('{product}', name).replaceAll('{amount}', price),
      );
      const offers = await play(brain, index, lines);
      const expected = script.turns.map((_, place) =>
        script.expectedPath === 'live' && place === script.turns.length - 1 ? script.reason : null,
      );
      expect(offers).toEqual(expected);
    });
  }
});

describe('the scripts of Larkfell', () => {
  it('cover every reason that a bot can have by itself', () => {
    const reasons = new Set(SCRIPTS.map(({ reason }) => reason));
    for (const reason of [
      'requested_by_customer',
      'low_confidence',
      'sensitive_topic',
      'frustration',
      'loop',
      'rule',
    ] as const) {
      expect(reasons).toContain(reason);
    }
  });

  it('fit together: teams, products, lines and outcomes', () => {
    expect(new Set(SCRIPTS.map(({ id }) => id)).size).toBe(SCRIPTS.length);
    for (const script of SCRIPTS) {
      expect(TEAMS.map(({ name }) => name)).toContain(script.team);
      expect(script.outcome === null).toBe(script.expectedPath === 'answered');
      expect(script.replies.length).toBeLessThanOrEqual(script.agentLines.length);
      for (const name of script.products ?? [])
        expect(PRODUCTS.map((product) => product.name)).toContain(name);
    }
  });
});

describe('the people of Larkfell', () => {
  it('are 60 customers and 6 agents with addresses of their own', () => {
    const emails = [...CUSTOMERS, ...AGENTS].map(({ email }) => email);
    expect(CUSTOMERS).toHaveLength(60);
    expect(AGENTS).toHaveLength(6);
    expect(new Set(emails).size).toBe(66);
    expect(emails.every((email) => email.endsWith('.example'))).toBe(true);
  });
});

describe('the articles of Larkfell', () => {
  it.each(ARTICLES)('$id is whole', ({ body, examples, id }) => {
    expect(body.split(/\s+/).length).toBeGreaterThanOrEqual(80);
    expect(body.split(/\s+/).length).toBeLessThanOrEqual(180);
    expect(examples.length).toBeGreaterThanOrEqual(6);
    expect(examples.length).toBeLessThanOrEqual(11);
    expect(id).toMatch(/^[a-z][a-z-]+$/);
  });

  it.each(WAYS)(
    'answer their own examples, $way',
    async ({ brain, index }) => {
      let right = 0;
      let asked = 0;
      for (const { id, examples } of ARTICLES) {
        for (const text of examples) {
          const turns: Turn[] = [{ id: 'v', author: 'visitor', text, at: 0 }];
          const { article, offer } = await brain.judge({
            turns,
            index,
            thresholds: DEFAULT_THRESHOLDS,
            now: 0,
            botName: 'Fern',
          });
          asked += 1;
          if (article?.id === id && offer === null) right += 1;
        }
      }
      expect(right / asked).toBeGreaterThan(0.97);
    },
    60_000,
  );
});
