import type { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { readOrder } from '../queue/order';
import { queueTerms } from './inputs';

export interface QueuePreview {
  /** In all queues, as far as the order looks into each. */
  waiting: number;
  /** Would stand at another place of their queue. */
  moved: number;
}

/** Who of those who wait now would stand at another place by these. */
export async function previewQueue(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof queueTerms>,
): Promise<QueuePreview> {
  authorise(actor, 'settings.read');
  const would = queueTerms.parse(raw);
  const preview: QueuePreview = { waiting: 0, moved: 0 };
  for (const { id } of ctx.directory.teams()) {
    const [now, after] = await Promise.all([readOrder(ctx, [id]), readOrder(ctx, [id], would)]);
    preview.waiting += now.length;
    preview.moved += now.filter(({ handoff }, place) => handoff.id !== after[place]?.handoff.id).length;
  }
  return preview;
}
