import type { QueuePosition } from '@/lib/protocol';
import type { Quoted } from '@/lib/services/queue/quote';

interface Watched {
  sockets: number;
  /** What they know, as text. */
  told: string | null;
}

/** Tells waiting visitors their place and wait when they change. Follows the windows of the queues, which are read anyway. */
export class PositionBoard {
  readonly #tell: (visitorId: string, position: QueuePosition) => void;
  readonly #watched = new Map<string, Watched>();
  readonly #lines = new Map<string, readonly Quoted[]>();

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
    if (held) held.told = position && JSON.stringify(position);
  }

  /** Those who wait for a team, in their order. Whoever left it may be told anew when they come back. */
  reorder(teamId: string, line: readonly Quoted[]): void {
    const present = new Set(line.map(({ visitorId }) => visitorId));
    for (const { visitorId } of this.#lines.get(teamId) ?? []) {
      if (!present.has(visitorId)) this.told(visitorId, null);
    }
    this.#lines.set(teamId, line);
    for (const [index, { visitorId, wait }] of line.entries()) {
      const waiting = this.#watched.get(visitorId);
      const position: QueuePosition = { position: index + 1, exact: true, wait };
      if (!waiting || waiting.told === JSON.stringify(position)) continue;
      this.told(visitorId, position);
      this.#tell(visitorId, position);
    }
  }

  /** Teams for whom somebody waits who is here to be told. */
  awaited(): string[] {
    return [...this.#lines]
      .filter(([, line]) => line.some(({ visitorId }) => this.#watched.has(visitorId)))
      .map(([teamId]) => teamId);
  }
}
