'use client';

import { type AgentStatus, activeStatus } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import { useNow } from './use-now';

/** One's own status as colleagues see it, by the second. `clockOffset` is null until the server's clock is known. */
export function useOwnStatus(presence: OwnPresence, clockOffset: number | null): AgentStatus {
  const now = useNow();
  return clockOffset === null ? presence.status : activeStatus(presence, now + clockOffset);
}
