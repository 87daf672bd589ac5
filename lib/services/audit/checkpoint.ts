import { createHmac } from 'node:crypto';
import { type Checkpoint, insertCheckpoint, summariseHeads } from '@/db/queries/audit';
import type { Context } from '../context';

/** Settled: commits carry their own instant, and one that was slow may still be on its way. */
const SETTLE_MS = 60_000;

/** Signs how far all chains have grown. Its line in the log, kept elsewhere, shows a tail that was cut off later. */
export async function writeCheckpoint(ctx: Context): Promise<void> {
  const at = ctx.now() - SETTLE_MS;
  const summary = await summariseHeads(ctx.db, at);
  const signature = signCheckpoint(ctx.keys.audit, { at, ...summary });
  await insertCheckpoint(ctx.db, { id: ctx.newId(), at, ...summary, signature });
  ctx.log.info(
    {
      at: new Date(at).toISOString(),
      conversations: summary.conversations,
      events: summary.events,
      signature: signature.toString('base64url'),
    },
    'audit checkpoint',
  );
}

export function signCheckpoint(key: Buffer, checkpoint: Omit<Checkpoint, 'id' | 'signature'>): Buffer {
  const { at, conversations, events, heads } = checkpoint;
  return createHmac('sha256', key)
    .update(`checkpoint:${at}:${conversations}:${events}:`)
    .update(heads)
    .digest();
}
