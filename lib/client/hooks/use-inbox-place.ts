'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useMemo } from 'react';

export const INBOX_VIEWS = ['pending', 'mine', 'team', 'at-risk', 'breached', 'live', 'resolved'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export interface InboxPlace {
  view: InboxView;
  conversationId: string | null;
  /** Changes the address without asking the server: the desk already holds what it shows. */
  go(view: InboxView, conversationId?: string | null): void;
}

/** Where in the inbox one is, kept in the address, so that every place is a link and Back works. */
export function useInboxPlace(): InboxPlace {
  const pathname = usePathname();
  const [, , view = 'pending', conversationId = null] = pathname.split('/');
  const go = useCallback((nextView: InboxView, nextId: string | null = null) => {
    const path = nextId ? `/inbox/${nextView}/${nextId}` : `/inbox/${nextView}`;
    if (path !== window.location.pathname) window.history.pushState(null, '', path);
  }, []);
  return useMemo(
    () => ({
      view: INBOX_VIEWS.find((known) => known === view) ?? 'pending',
      conversationId: conversationId || null,
      go,
    }),
    [view, conversationId, go],
  );
}
