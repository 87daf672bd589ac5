'use client';

import { useCallback, useRef } from 'react';
import { Key } from '@/components/ui/key';
import { useDesk, useMyTeams } from '@/lib/client/hooks/use-desk';
import type { InboxPlace } from '@/lib/client/hooks/use-inbox-place';
import type { QueueRow } from '@/lib/protocol';
import { QueueEmpty } from './queue-empty';
import { QueueRowItem } from './queue-row';
import type { CalmList } from './use-calm-rows';
import type { ViewRows } from './use-view-rows';
import { VIEWS } from './view-list';

interface Props {
  place: InboxPlace;
  list: ViewRows;
  calm: CalmList;
  onClaim: (row: QueueRow) => void;
  onClaimNext: () => void;
}

/** The list of the view at hand, in the order of service where people wait. */
export function QueuePane({ place, list, calm, onClaim, onClaimNext }: Props) {
  const { view, conversationId, go } = place;
  const meId = useDesk((state) => state.desk?.me.id ?? '');
  const teams = useMyTeams();
  const info = VIEWS.find((known) => known.view === view);
  const title = info?.name ?? '';
  const { shown, waiting, letIn, holders } = calm;
  const focusId = shown.some(({ row }) => row.conversationId === conversationId)
    ? conversationId
    : (shown[0]?.row.conversationId ?? null);
  const heading = useRef<HTMLHeadingElement>(null);
  const open = useCallback((id: string) => go(view, id), [go, view]);
  const teamNames = new Map(teams.map((team) => [team.id, team.name]));
  const total = list.totals[view];

  return (
    <section className="pane queue" aria-label={title}>
      <header className="pane-head">
        <h1 className="focusable" tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {total !== null && <span className="n t3">{total >= 1000 ? '999+' : total}</span>}
        <span className="grow" />
      </header>
      <div className="queue-sub">
        <span className="grow">{info?.order}</span>
        {shown.length > 0 && <span>{info?.time}</span>}
      </div>
      <div className="scroll" {...holders}>
        {waiting > 0 && (
          <button
            type="button"
            className="pill-new"
            onClick={() => {
              // The button goes, and the focus must not go with it.
              heading.current?.focus();
              letIn();
            }}
          >
            {waiting} new
          </button>
        )}
        {shown.length === 0 ? (
          <QueueEmpty view={view} loading={list.loading} />
        ) : (
          <ul aria-label={`${title} conversations`}>
            {shown.map(({ row, gone }) => (
              <QueueRowItem
                key={row.conversationId}
                row={row}
                view={view}
                href={`/inbox/${view}/${row.conversationId}`}
                selected={row.conversationId === conversationId}
                focusable={row.conversationId === focusId}
                gone={gone}
                meId={meId}
                teamName={row.teamId === null ? null : (teamNames.get(row.teamId) ?? null)}
                onOpen={open}
                onClaim={onClaim}
              />
            ))}
          </ul>
        )}
        {list.more && (
          <button type="button" className="btn btn-ghost more" onClick={list.more}>
            Earlier ones
          </button>
        )}
      </div>
      {view === 'pending' && (
        <footer className="queue-foot">
          <span className="grow">{total ? `${total} waiting` : 'Nobody is waiting'}</span>
          <button type="button" className="btn btn-ghost" onClick={onClaimNext} disabled={!total}>
            Claim next <Key>C</Key>
          </button>
        </footer>
      )}
    </section>
  );
}
