import type { NewMessage } from '@/db/commit';
import { bodyHash } from '@/lib/crypto/body-hash';
import type { ConversationEvent } from '@/lib/domain/conversation';
import type { Context } from '../context';

/** A message and the event that tells of it; they are always written together. */
export function composeMessage(
  ctx: Context,
  message: Omit<NewMessage, 'id' | 'sources'> & { sources?: NewMessage['sources'] },
): { message: NewMessage; event: ConversationEvent } {
  const id = ctx.newId();
  const hash = bodyHash(ctx.keys.audit, id, message.body);
  const written: NewMessage = { ...message, id, sources: message.sources ?? [] };
  if (message.kind === 'note') {
    return { message: written, event: { kind: 'note.added', payload: { messageId: id, bodyHash: hash } } };
  }
  return {
    message: written,
    event: {
      kind: 'message.sent',
      payload: { messageId: id, author: message.author, kind: message.kind, bodyHash: hash },
    },
  };
}
