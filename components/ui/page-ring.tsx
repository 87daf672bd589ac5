'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { usePagePresence } from '@/lib/client/hooks/use-page-presence';
import { RingCorner } from './ring-corner';
import { useDeskNotices } from './use-desk-notices';

/** What rings at whoever is on a page without conversations, and what they are told; both lead to the inbox. */
export function PageRing({ own }: { own: ReturnType<typeof usePagePresence> }) {
  const router = useRouter();
  const open = useCallback<InboxPlace['go']>(
    (view, id) => router.push(id ? `/inbox/${view}/${id}` : `/inbox/${view}`),
    [router],
  );
  const openRung = useCallback((id: string) => open('mine', id), [open]);
  useDeskNotices(own.client, open);
  return (
    <RingCorner
      client={own.client}
      presence={own.presence}
      offset={own.clockOffset ?? 0}
      isOnline={own.isOnline}
      onOpen={openRung}
    />
  );
}
