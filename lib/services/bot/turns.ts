import type { MessageRow } from '@/db/queries/conversations';
import type { Turn } from '@/lib/domain/judgement';

/** The article that a visitor chose in an offer: the one message of theirs that has a source. */
export function chosenArticle({ author, sources }: MessageRow): string | null {
  return author === 'visitor' ? (sources[0]?.articleId ?? null) : null;
}

/** The talk as the brain sees it: notes are the desk's own and stay out, and so does a title that was pressed. */
export function turnsOf(messages: readonly MessageRow[]): Turn[] {
  return messages
    .filter((message) => message.kind !== 'note' && chosenArticle(message) === null)
    .map((message) => ({ id: message.id, author: message.author, text: message.body, at: message.at }));
}
