import { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import type { Reason } from '@/lib/domain/handoff';
import type { Found } from '@/lib/domain/judgement';
import { authorise } from '../authorise';
import type { Context } from '../context';

export const tryQuestionInput = z.strictObject({
  question: z.string().trim().min(1, 'Write a question.').max(1000, 'At most 1000 characters.'),
});

/** What the live bot makes of a question that stands alone. */
export interface TriedQuestion extends Pick<Found, 'confidence' | 'articles'> {
  threshold: number;
  reply: string;
  offer: Reason | null;
  /** Articles that were saved are still being learned from: what it says may be by those before. */
  learning: boolean;
}

/** Asks the bot as a customer would with their first words. Nothing is kept of it. */
export async function tryQuestion(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof tryQuestionInput>,
): Promise<TriedQuestion> {
  authorise(actor, 'knowledge.read');
  const { question } = tryQuestionInput.parse(raw);
  const [index, thresholds] = [ctx.knowledge.index(), ctx.settings.thresholds()];
  const learning = ctx.knowledge.isLearning();
  const now = ctx.now();
  const [found, judgement] = await Promise.all([
    ctx.brain.find({ index, questions: [question] }),
    ctx.brain.judge({
      turns: [{ id: ctx.newId(), author: 'visitor', text: question, at: now }],
      ...{ index, thresholds, now },
      botName: ctx.directory.widgets()[0]?.botName ?? 'Bot',
    }),
  ]);
  return {
    confidence: judgement.confidence,
    articles: found[0]?.articles ?? [],
    threshold: thresholds.confidence,
    reply: judgement.reply.text,
    offer: judgement.offer?.reason ?? null,
    learning,
  };
}
