import { ensureTimer, retryTimer } from '@/db/queries/timers';
import type { Context } from '../context';
import { writeCheckpoint } from './checkpoint';

export const CHECKPOINT = 'audit.checkpoint';

const EVERY_MS = 6 * 60 * 60_000;

/** Every six hours, whichever process is there to do it. */
export function scheduleCheckpoints(ctx: Context): Promise<void> {
  return ensureTimer(ctx.db, CHECKPOINT, CHECKPOINT, ctx.now() + EVERY_MS);
}

/** Signs how far the chains have grown, and comes round again. */
export async function checkpointIsDue(ctx: Context): Promise<void> {
  await writeCheckpoint(ctx);
  await retryTimer(ctx.db, CHECKPOINT, ctx.now() + EVERY_MS);
}
