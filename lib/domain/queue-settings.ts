import { DEFAULT_ORDER, type OrderSettings } from './order-of-service';

/** What admins decide of the queue: who is served next, who may go above capacity, when a conversation comes back. */
export interface QueueSettings extends OrderSettings {
  version: number;
  /** A conversation that waits for its customer takes no slot of its agent. */
  waitingFreesSlot: boolean;
  /** How long a gone agent keeps their conversations. */
  graceMs: number;
  /** How long without input in any tab until an agent counts as away; null for ever. */
  awayAfterMs: number | null;
}

export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  version: 1,
  ...DEFAULT_ORDER,
  waitingFreesSlot: false,
  graceMs: 60_000,
  awayAfterMs: 600_000,
};

/** From 0 for the fewest breaches to this for the shortest neglect of those who breached. */
export const MAX_AGED_SHARE = 0.3;

/** Long enough that a reload costs nothing, short enough that a customer is not left alone. */
export const GRACE_MS = { least: 20_000, most: 600_000 } as const;

/** Shorter than one reads a long message, longer than a shift: neither says anything of who is there. */
export const AWAY_AFTER_MS = { least: 60_000, most: 8 * 3_600_000 } as const;
