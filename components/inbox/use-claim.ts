'use client';

import { useCallback, useState } from 'react';
import { useToast } from '@/components/ui/toasts';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { Refusal } from '@/lib/domain/errors';
import { scopeOf } from '@/lib/domain/permissions';
import type { QueueRow } from '@/lib/protocol';

/** A claim that was refused because one has all one can take, by somebody who may set that aside. */
export interface OverfullClaim {
  message: string;
  claimAnyway: () => void;
  dismiss: () => void;
}

/** Claiming, and what is said when somebody else was faster or one has enough already. */
export function useClaim(place: InboxPlace) {
  const client = useDeskClient();
  const toast = useToast();
  const { view, go } = place;
  const [overfull, setOverfull] = useState<OverfullClaim | null>(null);
  const mayOverride = useDesk(
    ({ desk }) => desk !== null && scopeOf(desk.me.role, 'handoff.overCapacity') !== null,
  );

  const claim = useCallback(
    async (row: Pick<QueueRow, 'conversationId' | 'handoffId' | 'name'>) => {
      const { conversationId, handoffId } = row;
      if (handoffId === null) return;
      go(view, conversationId);
      const ask = async (over: { override?: true }) => {
        const answer = await client.request('handoff:claim', { conversationId, handoffId, ...over });
        if (answer.ok) return;
        const { error } = answer;
        if (error.code === 'limit' && mayOverride && !over.override) {
          setOverfull({
            message: error.message,
            claimAnyway: () => {
              setOverfull(null);
              void ask({ override: true });
            },
            dismiss: () => setOverfull(null),
          });
        } else toast(lostText(error, Date.now() + client.store.getState().clockOffset));
      };
      await ask({});
    },
    [client, toast, go, view, mayOverride],
  );

  const claimNext = useCallback(async () => {
    const answer = await client.request('handoff:claimNext', {});
    if (answer.ok) go(view, answer.data.conversationId);
    else toast(answer.error.message);
  }, [client, toast, go, view]);

  return { claim, claimNext, overfull };
}

/** "Sam Keller claimed this 0.4 s before you": who, and by how little, by the server's clock. */
function lostText(refusal: Refusal, now: number): string {
  if (!refusal.winner) return refusal.message;
  const ago = Math.max(0.1, (now - refusal.winner.at) / 1000);
  return ago < 60
    ? `${refusal.winner.name} claimed this ${ago.toFixed(1)} s before you.`
    : `${refusal.winner.name} has this conversation.`;
}
