import type { z } from 'zod';
import { readJudged } from '@/db/queries/judged-handoffs';
import type { AgentActor } from '@/lib/domain/actor';
import type { Priority } from '@/lib/domain/handoff';
import { priorityBy } from '@/lib/domain/priority';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { priorityTerms } from './inputs';

const LOOKS_AT = 500;

export interface PriorityPreview {
  /** How many of the newest that entered the queue were looked at. */
  handoffs: number;
  /** Would have had another priority than by the policy that holds. */
  moved: number;
  now: Record<Priority, number>;
  after: Record<Priority, number>;
}

/** How the newest handoffs would have been judged by these, from what was known of them then. */
export async function previewPriorityPolicy(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof priorityTerms>,
): Promise<PriorityPreview> {
  authorise(actor, 'settings.read');
  const held = ctx.settings.priorityPolicy();
  const would = { version: held.version + 1, ...priorityTerms.parse(raw) };
  const judged = await readJudged(ctx.db, LOOKS_AT);
  const preview: PriorityPreview = { handoffs: judged.length, moved: 0, now: none(), after: none() };
  for (const handoff of judged) {
    const [now, after] = [priorityBy(held, handoff), priorityBy(would, handoff)];
    preview.now[now] += 1;
    preview.after[after] += 1;
    preview.moved += now === after ? 0 : 1;
  }
  return preview;
}

function none(): Record<Priority, number> {
  return { 1: 0, 2: 0, 3: 0, 4: 0 };
}
