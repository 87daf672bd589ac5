'use client';

import { useEffect, useState } from 'react';
import { useDeskClient } from '@/lib/client/hooks/use-desk';
import type { Callback } from '@/lib/domain/callback';
import type { ConversationSnapshot } from '@/lib/protocol';

interface Held {
  conversationId: string;
  callback: Callback | null;
  meetingUrl: string | null;
}

/** The newest call of this conversation, with the number to ring; read again with each of its events. Null: none. */
export function useCallback({ conversation, events }: ConversationSnapshot): Held | null {
  const client = useDeskClient();
  const [held, setHeld] = useState<Held | null>(null);
  const newest = events.findLast(({ kind }) => kind.startsWith('callback.'))?.seq ?? null;
  const { id: conversationId } = conversation;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer event means that there is something new to read
  useEffect(() => {
    let current = true;
    void client.request('callback:read', { conversationId }).then((answer) => {
      if (current && answer.ok) setHeld({ conversationId, ...answer.data });
    });
    return () => {
      current = false;
    };
  }, [client, conversationId, newest]);
  return held?.conversationId === conversationId && held.callback !== null ? held : null;
}
