import type { Context } from '@/lib/services/context';
import { endPresence, RENEW_MS, renewPresence } from '@/lib/services/visitor/presence';

/** Which visitors with an address this process hears, and its word for them, given anew in one statement for all. */
export class VisitorPresence {
  readonly #ctx: Context;
  readonly #sockets = new Map<string, number>();
  readonly #kept = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#timer = setInterval(() => void this.keep([...this.#kept]), RENEW_MS).unref();
  }

  came(visitorId: string): void {
    this.#sockets.set(visitorId, (this.#sockets.get(visitorId) ?? 0) + 1);
    void this.keep([visitorId]);
  }

  went(visitorId: string): void {
    const rest = (this.#sockets.get(visitorId) ?? 1) - 1;
    if (rest > 0) {
      this.#sockets.set(visitorId, rest);
      return;
    }
    this.#sockets.delete(visitorId);
    if (!this.#kept.delete(visitorId)) return;
    endPresence(this.#ctx, [visitorId]).catch((error: unknown) =>
      this.#ctx.log.warn({ err: error }, 'a leave could not be written; the lease runs out by itself'),
    );
  }

  /** Says again that they are here; of those who have just left an address for the first time. */
  async keep(visitorIds: readonly string[]): Promise<void> {
    if (visitorIds.length === 0) return;
    try {
      for (const id of await renewPresence(this.#ctx, visitorIds))
        if (this.#sockets.has(id)) this.#kept.add(id);
    } catch (error) {
      this.#ctx.log.warn({ err: error }, 'presence could not be renewed; it is tried again');
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
