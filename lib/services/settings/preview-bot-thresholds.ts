import type { z } from 'zod';
import { readMeasuredTurns } from '@/db/queries/measured-turns';
import type { AgentActor } from '@/lib/domain/actor';
import { wouldOffer } from '@/lib/domain/would-offer';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { botTerms } from './inputs';

const LOOKS_AT = 300;

export interface ThresholdsPreview {
  /** How many of the newest conversations with the bot were looked at. */
  conversations: number;
  /** In how many of them it would offer a person by the thresholds that hold, and by these. */
  now: number;
  after: number;
  /** In which it would by these and would not now, and the other way about. */
  more: number;
  fewer: number;
}

/** In how many of the newest conversations the bot would offer a person, by what was measured at their turns. */
export async function previewBotThresholds(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof botTerms>,
): Promise<ThresholdsPreview> {
  authorise(actor, 'settings.read');
  const would = botTerms.parse(raw);
  const talks = await readMeasuredTurns(ctx.db, LOOKS_AT);
  const preview: ThresholdsPreview = { conversations: talks.length, now: 0, after: 0, more: 0, fewer: 0 };
  for (const turns of talks) {
    const now = wouldOffer(turns, ctx.settings.thresholds()).includes(true);
    const after = wouldOffer(turns, would).includes(true);
    if (now) preview.now += 1;
    if (after) preview.after += 1;
    if (after && !now) preview.more += 1;
    if (now && !after) preview.fewer += 1;
  }
  return preview;
}
