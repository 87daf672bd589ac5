import { describe, expect, it } from 'vitest';
import { ARTICLES } from '@/db/seed/larkfell/articles';
import { SCRIPTS } from '@/db/seed/larkfell/script';
import { DEFAULT_THRESHOLDS, type Thresholds, type Turn } from '@/lib/domain/judgement';
import { isWorthKeeping } from '@/lib/domain/signal';
import { type MeasuredTurn, wouldOffer } from '@/lib/domain/would-offer';
import { createBrain } from './brain';

const brain = createBrain();
const index = brain.index(
  ARTICLES.map((article) => ({ ...article, examples: [...article.examples], updatedAt: 0 })),
);
const MORE = [
  'And how do you do?',
  'This is the third time I ask, it is useless!!!',
  'Why is it so?',
  'Do you sell llamas?',
];

/** Every script as it was answered under the thresholds that ship, a minute a turn, with words of trouble at its end. */
async function talks(): Promise<Turn[][]> {
  const made: Turn[][] = [];
  for (const { turns: lines } of SCRIPTS) {
    const turns: Turn[] = [];
    for (const [place, text] of [...lines, ...MORE].entries()) {
      const now = place * 180_000;
      turns.push({ id: `v${place}`, author: 'visitor', text, at: now });
      const { reply } = await brain.judge({
        turns,
        index,
        thresholds: DEFAULT_THRESHOLDS,
        now,
        botName: 'Fern',
      });
      turns.push({ id: `b${place}`, author: 'bot', text: reply.text, at: now + 2000 });
    }
    made.push(turns);
  }
  return made;
}

async function measured(turns: readonly Turn[], thresholds: Thresholds): Promise<MeasuredTurn[]> {
  const found: MeasuredTurn[] = [];
  for (const [place, turn] of turns.entries()) {
    if (turn.author !== 'visitor') continue;
    const upTo = turns.slice(0, place + 1);
    const judgement = await brain.judge({ turns: upTo, index, thresholds, now: turn.at, botName: 'Fern' });
    found.push({
      offered: judgement.offer !== null,
      signals: judgement.signals.filter(isWorthKeeping),
    });
  }
  return found;
}

describe('what other thresholds would have meant', () => {
  it('is told from the log as the bot would decide it', async () => {
    const all = await talks();
    const others: Partial<Thresholds>[] = [
      {},
      { confidence: 0.15 },
      { confidence: 0.7 },
      { frustration: 0.4 },
      { loop: 2 },
      { questions: 3 },
      { sessionMinutes: 5 },
      { refundOver: 50 },
    ];
    let [turns, same] = [0, 0];
    for (const talk of all) {
      const log = await measured(talk, DEFAULT_THRESHOLDS);
      expect(wouldOffer(log, DEFAULT_THRESHOLDS)).toEqual(log.map(({ offered }) => offered));
      for (const other of others) {
        const thresholds = { ...DEFAULT_THRESHOLDS, ...other };
        const told = wouldOffer(log, thresholds);
        const decided = await measured(talk, thresholds);
        turns += told.length;
        same += told.filter((offers, place) => offers === decided[place]?.offered).length;
      }
    }
    expect(turns).toBeGreaterThan(1000);
    expect(same / turns).toBeGreaterThan(0.98);
  }, 60_000);
});
