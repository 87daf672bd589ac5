import { readUnanswered, type UnansweredRow } from '@/db/queries/unanswered';
import type { AgentActor } from '@/lib/domain/actor';
import { ARTICLE_LIMITS } from '@/lib/domain/article';
import { authorise } from '../authorise';
import type { Context } from '../context';

const DAYS = 30;
const DAY = 24 * 60 * 60_000;
const MOST_TURNS = 400;
/** How many different questions are asked again of the bot. */
const MOST_QUESTIONS = 120;
const MOST_NEAR = 3;

/** Questions that ask much the same, and that the bot cannot answer today. */
export interface UnansweredGroup {
  /** Each once, the newest first. */
  questions: { text: string; conversationId: string; at: number }[];
  conversations: number;
  /** What the bot would have thought of; the article that is missing an example is often among them. */
  near: { id: string; title: string }[];
}

export interface Unanswered {
  days: number;
  groups: UnansweredGroup[];
}

/**
 * What visitors asked lately without an answer, most asked first. Every question is asked of the bot again: what it can
 * answer by now stands here no more.
 */
export async function readUnansweredQuestions(ctx: Context, actor: AgentActor): Promise<Unanswered> {
  authorise(actor, 'knowledge.change');
  const rows = await readUnanswered(ctx.db, ctx.now() - DAYS * DAY, MOST_TURNS);
  const asked = new Map<string, UnansweredRow[]>();
  for (const row of rows) {
    const text = row.text.replace(/\s+/g, ' ').trim();
    if (text === '' || text.length > ARTICLE_LIMITS.example) continue;
    const key = text.toLowerCase();
    asked.set(key, [...(asked.get(key) ?? []), { ...row, text }]);
  }
  const all = [...asked.values()].sort((a, b) => b.length - a.length).slice(0, MOST_QUESTIONS);
  const found = await ctx.brain.find({
    index: ctx.knowledge.index(),
    questions: all.map((same) => same[0]?.text ?? ''),
  });
  const groups = new Map<number, UnansweredRow[]>();
  for (const [place, { confidence, like }] of found.entries()) {
    if (confidence !== null && confidence >= ctx.settings.thresholds().confidence) continue;
    groups.set(like, [...(groups.get(like) ?? []), ...(all[place] ?? [])]);
  }
  const told = [...groups].map(([first, same]) => ({
    questions: eachOnce(same),
    conversations: new Set(same.map(({ conversationId }) => conversationId)).size,
    near: (found[first]?.articles ?? []).slice(0, MOST_NEAR).map(({ id, title }) => ({ id, title })),
  }));
  const newest = ({ questions }: UnansweredGroup) => questions[0]?.at ?? 0;
  return {
    days: DAYS,
    groups: told.sort((a, b) => b.conversations - a.conversations || newest(b) - newest(a)),
  };
}

function eachOnce(rows: readonly UnansweredRow[]): UnansweredRow[] {
  const seen = new Map<string, UnansweredRow>();
  for (const row of [...rows].sort((a, b) => b.at - a.at)) {
    const key = row.text.toLowerCase();
    if (!seen.has(key)) seen.set(key, row);
  }
  return [...seen.values()];
}
