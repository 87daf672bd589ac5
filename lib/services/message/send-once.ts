import type { Committed, NewMessage } from '@/db/commit';
import { isUniqueViolation } from '@/db/errors';
import { findMessageByClientId } from '@/db/queries/conversations';
import type { Sent } from '@/lib/protocol';
import type { Context } from '../context';
import { AppError } from '../errors';

type Key = Pick<NewMessage, 'author' | 'authorId' | 'clientId' | 'body'> & { conversationId: string };

/**
 * Sends a message at most once by `(conversation, sender, client id)`. A repeat answers as the first time did; the same
 * client id with other words is refused, since it can only be a fault of the sender.
 */
export async function sendOnce(
  ctx: Context,
  key: Key,
  send: () => Promise<Sent | null>,
): Promise<Sent | null> {
  try {
    return (await send()) ?? (await sentBefore(ctx, key));
  } catch (error) {
    if (!isUniqueViolation(error, 'messages_once')) throw error;
    return sentBefore(ctx, key);
  }
}

async function sentBefore(ctx: Context, key: Key): Promise<Sent | null> {
  const before = await findMessageByClientId(ctx.db, key);
  if (before === null) return null;
  if (before.body !== key.body) {
    throw new AppError('invalid', 'This client id was used for another message. Send it with a new one.');
  }
  return { messageId: before.id, seq: before.seq, visibleSeq: before.visibleSeq ?? 0, at: before.at };
}

/** The receipt of a message that was just committed. */
export function receipt({ events, at }: Committed, messageId: string): Sent {
  for (const event of events) {
    if (
      'messageId' in event.payload &&
      event.payload.messageId === messageId &&
      event.kind !== 'turn.judged'
    ) {
      return { messageId, seq: event.seq, visibleSeq: event.visibleSeq ?? 0, at };
    }
  }
  throw new Error(`Message ${messageId} is not in its own commit`);
}
