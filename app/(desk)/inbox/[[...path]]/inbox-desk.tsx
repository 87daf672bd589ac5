'use client';

import { useCallback, useEffect, useMemo, useState } from 'react';
import { ContextPane } from '@/components/conversation/context-pane';
import { ConversationPane } from '@/components/conversation/conversation-pane';
import { rowBeside } from '@/components/inbox/calm-rows';
import { ConnectionBanner } from '@/components/inbox/connection-banner';
import { InboxNav } from '@/components/inbox/inbox-nav';
import { NoConversation } from '@/components/inbox/no-conversation';
import { OverfullDialog } from '@/components/inbox/overfull-dialog';
import { QueuePane } from '@/components/inbox/queue-pane';
import { useBreachNotices } from '@/components/inbox/use-breach-notices';
import { useCalmRows } from '@/components/inbox/use-calm-rows';
import { useClaim } from '@/components/inbox/use-claim';
import { useMoveNotices } from '@/components/inbox/use-move-notices';
import { useViewRows } from '@/components/inbox/use-view-rows';
import { VIEWS } from '@/components/inbox/view-list';
import { RingCorner } from '@/components/ui/ring-corner';
import { ShortcutSheet } from '@/components/ui/shortcut-sheet';
import { useDeskNotices } from '@/components/ui/use-desk-notices';
import { useDesk, useDeskClient, useWatchedConversation } from '@/lib/client/hooks/use-desk';
import { useInboxPlace } from '@/lib/client/hooks/use-inbox-place';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';

/** The four columns, and the keys that move between them. */
export function InboxDesk() {
  const place = useInboxPlace();
  const list = useViewRows(place.view);
  const { claim, claimNext, overfull } = useClaim(place);
  const client = useDeskClient();
  const presence = useDesk((state) => state.presence);
  const clockOffset = useDesk((state) => state.clockOffset);
  const isOnline = useDesk((state) => state.connection.kind === 'online');
  const [showsContext, setShowsContext] = useContextSwitch();
  const [showsKeys, setShowsKeys] = useState(false);
  const { view, conversationId, go } = place;
  const calm = useCalmRows(view, list.rows, conversationId);
  useWatchedConversation(conversationId);
  useTitle(list.totals.pending, view);
  useBreachNotices(place);
  useMoveNotices(place);
  useDeskNotices(client, go);

  const openRung = useCallback((id: string) => go('mine', id), [go]);
  const step = useCallback(
    (by: 1 | -1) => {
      const next = rowBeside(calm.shown, conversationId, by);
      if (!next) return;
      go(view, next.conversationId);
      document.querySelector<HTMLElement>(`[data-row="${next.conversationId}"]`)?.focus();
    },
    [calm.shown, conversationId, go, view],
  );
  const onResolved = useCallback(() => {
    const next = calm.shown.find(({ row, gone }) => !gone && row.conversationId !== conversationId)?.row;
    go(view, view === 'mine' ? (next?.conversationId ?? null) : null);
    document.querySelector<HTMLElement>(next ? `[data-row="${next.conversationId}"]` : '.queue h1')?.focus();
  }, [calm.shown, conversationId, go, view]);

  // Opened and not here yet: the row knows enough to be claimed, so that a quick key is not lost.
  const isHere = useDesk(({ conversations, refused }) =>
    conversationId === null ? true : conversationId in conversations || conversationId in refused,
  );
  const opening = isHere
    ? null
    : list.rows.find((row) => row.conversationId === conversationId && row.state === 'pending');

  useShortcuts(
    useMemo(
      () => [
        { keys: 'j', run: () => step(1) },
        { keys: 'k', run: () => step(-1) },
        { keys: 'ArrowDown', run: () => step(1) },
        { keys: 'ArrowUp', run: () => step(-1) },
        { keys: ']', run: () => setShowsContext((shown) => !shown) },
        { keys: '?', run: () => setShowsKeys(true) },
        ...VIEWS.map(({ view: target, keys }) => ({
          keys,
          run: () => {
            go(target);
            document.querySelector<HTMLElement>('.queue h1')?.focus();
          },
        })),
        ...(conversationId === null ? [{ keys: 'c', run: () => void claimNext() }] : []),
        ...(opening ? [{ keys: 'c', run: () => void claim(opening) }] : []),
      ],
      [step, go, claim, claimNext, conversationId, opening, setShowsContext],
    ),
  );

  return (
    <div className="app" data-open={conversationId ? 'conversation' : 'queue'}>
      <InboxNav place={place} totals={list.totals} />
      <main className={`sheet desk${showsContext && conversationId ? '' : ' no-context'}`}>
        <ConnectionBanner />
        <QueuePane
          place={place}
          list={list}
          calm={calm}
          onClaim={(row) => void claim(row)}
          onClaimNext={() => void claimNext()}
        />
        {conversationId === null ? (
          <NoConversation pending={list.totals.pending} />
        ) : (
          <ConversationPane
            key={conversationId}
            conversationId={conversationId}
            onBack={() => go(view)}
            onClaim={(row) => void claim(row)}
            onResolved={onResolved}
            contextIsShown={showsContext}
            onContext={() => setShowsContext((shown) => !shown)}
          />
        )}
        {showsContext && conversationId !== null && (
          <ContextPane conversationId={conversationId} onHide={() => setShowsContext(false)} />
        )}
      </main>
      <RingCorner
        client={client}
        presence={presence}
        offset={clockOffset}
        isOnline={isOnline}
        onOpen={openRung}
      />
      {overfull && <OverfullDialog claim={overfull} />}
      {showsKeys && <ShortcutSheet onClose={() => setShowsKeys(false)} />}
    </div>
  );
}

/** The number of those who wait stands in the tab's title. */
function useTitle(pending: number | null, view: string): void {
  useEffect(() => {
    const name = VIEWS.find((known) => known.view === view)?.name ?? 'Inbox';
    document.title = pending ? `(${pending}) ${name} · Baton` : `${name} · Baton`;
  }, [pending, view]);
}

/** Beside the conversation where there is room; over it, and closed at first, where there is not. */
function useContextSwitch() {
  const [shown, setShown] = useState(true);
  useEffect(() => {
    const narrow = window.matchMedia('(max-width: 1180px)');
    const follow = () => setShown(!narrow.matches);
    follow();
    narrow.addEventListener('change', follow);
    return () => narrow.removeEventListener('change', follow);
  }, []);
  return [shown, setShown] as const;
}
