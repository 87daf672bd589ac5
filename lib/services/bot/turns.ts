import type { MessageRow } from '@/db/queries/conversations';
import type { Turn } from '@/lib/domain/judgement';

/** The talk as the brain sees it: notes are the desk's own and stay out. */
export function turnsOf(messages: readonly MessageRow[]): Turn[] {
  return messages
    .filter((message) => message.kind !== 'note')
    .map((message) => ({ id: message.id, author: message.author, text: message.body, at: message.at }));
}
