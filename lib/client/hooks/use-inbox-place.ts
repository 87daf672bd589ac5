'use client';

import { usePathname } from 'next/navigation';
import { useCallback, useMemo, useSyncExternalStore } from 'react';

export const INBOX_VIEWS = ['pending', 'mine', 'team', 'at-risk', 'breached', 'live', 'resolved'] as const;
export type InboxView = (typeof INBOX_VIEWS)[number];

export interface InboxPlace {
  view: InboxView;
  conversationId: string | null;
  /** Changes the address without asking the server: the desk already holds what it shows. */
  go(view: InboxView, conversationId?: string | null): void;
}

const MOVED = 'baton:moved';

function onMove(tell: () => void): () => void {
  const kinds = [MOVED, 'popstate'];
  for (const kind of kinds) window.addEventListener(kind, tell);
  return () => {
    for (const kind of kinds) window.removeEventListener(kind, tell);
  };
}

/**
 * Where in the inbox one is, kept in the address, so that every place is a link and Back works. The router follows the
 * address when it has time; a key pressed right after the one that moved must not meet the conversation before.
 */
export function useInboxPlace(): InboxPlace {
  const routed = usePathname();
  const pathname = useSyncExternalStore(
    onMove,
    () => window.location.pathname,
    () => routed,
  );
  const [, , view = 'pending', conversationId = null] = pathname.split('/');
  const go = useCallback((nextView: InboxView, nextId: string | null = null) => {
    const path = nextId ? `/inbox/${nextView}/${nextId}` : `/inbox/${nextView}`;
    if (path === window.location.pathname) return;
    window.history.pushState(null, '', path);
    window.dispatchEvent(new Event(MOVED));
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
