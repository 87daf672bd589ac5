import { leave } from '@/lib/services/agent/leave';
import { renew } from '@/lib/services/agent/renew';
import type { Context } from '@/lib/services/context';
import { wakeTeamsOf } from '@/lib/services/routing/pushing-teams';

const RETRY_MS = 1000;

/**
 * Which agents this process hears, and its word for them, given anew in one statement for all. Whether a socket lives is
 * decided by the pings that the server sends and the browser's network stack answers: a tab in the background, whose
 * timers the browser throttles, is heard like any other.
 */
export class AgentPresence {
  readonly #ctx: Context;
  readonly #sockets = new Map<string, number>();
  readonly #left = new Set<string>();
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#tick();
  }

  hears(agentId: string): boolean {
    return this.#sockets.has(agentId);
  }

  heard(): string[] {
    return [...this.#sockets.keys()];
  }

  /** Settles when everyone may know that the agent is here; a leave that is being written comes before it. */
  async arrive(agentId: string): Promise<void> {
    await this.#writing;
    await renew(this.#ctx, [agentId]);
    await wakeTeamsOf(this.#ctx, [agentId]);
  }

  /** One more socket of the agent is open. */
  came(agentId: string): void {
    this.#sockets.set(agentId, (this.#sockets.get(agentId) ?? 0) + 1);
    this.#left.delete(agentId);
  }

  /** One socket less; with the last one the agent is no longer heard here. */
  went(agentId: string): void {
    const rest = (this.#sockets.get(agentId) ?? 1) - 1;
    if (rest > 0) {
      this.#sockets.set(agentId, rest);
      return;
    }
    this.#sockets.delete(agentId);
    this.#left.add(agentId);
    if (!this.#stopped) this.#writing = this.#writing.then(() => this.#tellLeft());
  }

  /** The word for all who are here is taken back; nothing is written after it. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#writing;
    for (const agentId of this.#sockets.keys()) this.#left.add(agentId);
    await this.#tellLeft();
  }

  #tick(): void {
    this.#writing = this.#writing.then(async () => {
      const again = await this.#renewAll();
      if (this.#stopped) return;
      this.#timer = setTimeout(() => this.#tick(), again);
      this.#timer.unref();
    });
  }

  async #renewAll(): Promise<number> {
    try {
      const { againInMs } = await renew(this.#ctx, this.heard());
      return againInMs;
    } catch (error) {
      this.#ctx.log.warn({ err: error }, 'presence could not be renewed; it is tried again');
      return RETRY_MS;
    }
  }

  /** What fails here is told by the lease, which runs out by itself. */
  async #tellLeft(): Promise<void> {
    const left = [...this.#left];
    this.#left.clear();
    await leave(this.#ctx, left).catch((error: unknown) =>
      this.#ctx.log.warn({ err: error }, 'a leave could not be written; the lease runs out by itself'),
    );
  }
}
