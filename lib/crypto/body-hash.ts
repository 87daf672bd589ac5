import { createHmac } from 'node:crypto';

/** What the log keeps of a message: keyed, so that a short body cannot be guessed from its hash once it is erased. */
export function bodyHash(key: Buffer, messageId: string, body: string): string {
  return createHmac('sha256', key).update(messageId).update('\n').update(body).digest('base64url');
}
