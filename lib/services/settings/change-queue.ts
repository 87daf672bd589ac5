import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '@/lib/domain/queue-settings';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { changeSetting } from './change-setting';
import { queueTerms, seenVersion } from './inputs';
import { QUEUE } from './settings';

export const changeQueueInput = z.strictObject({ version: seenVersion, ...queueTerms.shape });

/** Orders every queue by these at once, also what is waiting. */
export async function changeQueue(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeQueueInput>,
): Promise<QueueSettings> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version: seen, ...terms } = changeQueueInput.parse(raw);
  return changeSetting(ctx, actor, {
    key: QUEUE,
    kind: 'queue.changed',
    name: 'the queue',
    held: () => ctx.settings.queue(),
    missing: DEFAULT_QUEUE_SETTINGS.version,
    seen,
    wanted: (version) => ({ version, ...terms }),
  });
}
