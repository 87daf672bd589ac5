import type { QueuePosition } from '@/lib/protocol';

interface Watched {
  sockets: number;
  told: number | null;
}

/** Tells waiting visitors their place when it changes. Follows the windows of the queues, which are read anyway. */
export class PositionBoard {
  readonly #tell: (visitorId: string, position: QueuePosition) => void;
  readonly #watched = new Map<string, Watched>();
  readonly #orders = new Map<string, readonly string[]>();

  constructor(tell: (visitorId: string, position: QueuePosition) => void) {
    this.#tell = tell;
  }

  /** A socket of this visitor is here. */
  watch(visitorId: string): void {
    const held = this.#watched.get(visitorId) ?? { sockets: 0, told: null };
    held.sockets++;
    this.#watched.set(visitorId, held);
  }

  unwatch(visitorId: string): void {
    const held = this.#watched.get(visitorId);
    if (held && --held.sockets <= 0) this.#watched.delete(visitorId);
  }

  /** The place that a session was just answered with. */
  told(visitorId: string, position: QueuePosition | null): void {
    const held = this.#watched.get(visitorId);
    if (held) held.told = position?.position ?? null;
  }

  /** The visitors who wait for a team, in their order. Whoever left it may be told anew when they come back. */
  reorder(teamId: string, visitorIds: readonly string[]): void {
    const present = new Set(visitorIds);
    for (const visitorId of this.#orders.get(teamId) ?? []) {
      if (!present.has(visitorId)) this.told(visitorId, null);
    }
    this.#orders.set(teamId, visitorIds);
    for (const [index, visitorId] of visitorIds.entries()) {
      const waiting = this.#watched.get(visitorId);
      if (!waiting || waiting.told === index + 1) continue;
      waiting.told = index + 1;
      this.#tell(visitorId, { position: index + 1, exact: true });
    }
  }
}
