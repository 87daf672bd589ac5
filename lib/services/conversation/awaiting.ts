import type { NewMessage } from '@/db/commit';

/**
 * Conversations in which, when this process last heard of them, the customer's words waited for an agent. A guess that
 * spares two timers a message; it guards nothing, and whoever relies on it must be right without it too.
 */
export class Awaiting {
  readonly #known = new Set<string>();

  has(conversationId: string): boolean {
    return this.#known.has(conversationId);
  }

  hear(
    { id, state }: { id: string; state: string },
    messages: readonly Pick<NewMessage, 'author' | 'kind'>[],
  ) {
    const withPerson = state === 'pending' || state === 'active';
    const said = messages.findLast(({ kind }) => kind === 'text');
    if (!withPerson || said?.author === 'agent') this.#known.delete(id);
    else if (said?.author !== 'visitor') return;
    else if (this.#known.size < MOST || this.#known.has(id)) this.#known.add(id);
    else this.#known.clear();
  }
}

const MOST = 100_000;
