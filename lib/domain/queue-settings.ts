import { DEFAULT_ORDER, type OrderSettings } from './order-of-service';

/** What admins decide of the queue: who is served next, who may go above capacity, when a conversation comes back. */
export interface QueueSettings extends OrderSettings {
  version: number;
  /** A conversation that waits for its customer takes no slot of its agent. */
  waitingFreesSlot: boolean;
  /** How long a gone agent keeps their conversations. */
  graceMs: number;
}

export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  version: 1,
  ...DEFAULT_ORDER,
  waitingFreesSlot: false,
  graceMs: 60_000,
};

/** From 0 for the fewest breaches to this for the shortest neglect of those who breached. */
export const MAX_AGED_SHARE = 0.3;

/** Long enough that a reload costs nothing, short enough that a customer is not left alone. */
export const GRACE_MS = { least: 20_000, most: 600_000 } as const;
