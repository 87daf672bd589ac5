'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import type { usePagePresence } from '@/lib/client/hooks/use-page-presence';
import { RingCorner } from './ring-corner';

/** What rings at whoever is on a page without conversations; accepting it leads to the inbox. */
export function PageRing({ own }: { own: ReturnType<typeof usePagePresence> }) {
  const router = useRouter();
  const open = useCallback((id: string) => router.push(`/inbox/mine/${id}`), [router]);
  return (
    <RingCorner
      client={own.client}
      presence={own.presence}
      offset={own.clockOffset ?? 0}
      isOnline={own.isOnline}
      onOpen={open}
    />
  );
}
