'use client';

import { memo, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Key } from '@/components/ui/key';
import { PriorityMark } from '@/components/ui/priority-mark';
import { SlaChip } from '@/components/ui/sla-chip';
import { MOOD_WORDS, MOVED_UP_WORDS, REASON_WORDS, roundMoney, TRIGGER_WORDS } from '@/components/ui/words';
import { useDesk } from '@/lib/client/hooks/use-desk';
import type { InboxView } from '@/lib/client/hooks/use-inbox-place';
import type { QueueRow } from '@/lib/protocol';
import { Ago, Waited } from './waited';

interface Props {
  row: QueueRow;
  view: InboxView;
  href: string;
  selected: boolean;
  focusable: boolean;
  gone: boolean;
  meId: string;
  teamName: string | null;
  onOpen: (conversationId: string) => void;
  onClaim: (row: QueueRow) => void;
}

/** More of them stand in the context of the open conversation. */
const LABELS_SHOWN = 1;

/** One who waits, and why. */
export const QueueRowItem = memo(function QueueRowItem(props: Props) {
  const { row, view, href, selected, focusable, gone, meId } = props;
  const mine = useIsMine(row, meId, gone);
  const offset = useDesk((state) => state.clockOffset);
  const [pressed, setPressed] = useState(false);
  const className = `row${selected ? ' is-selected' : ''}${row.unread > 0 ? ' is-unread' : ''}`;
  const showsPriority = row.state === 'pending' || row.state === 'active';
  return (
    <li
      className={className}
      data-p={showsPriority ? row.priority : undefined}
      data-gone={(gone && !mine) || undefined}
    >
      <a
        className="row-link"
        href={href}
        tabIndex={focusable ? 0 : -1}
        aria-current={selected ? 'true' : undefined}
        data-row={row.conversationId}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          props.onOpen(row.conversationId);
        }}
      >
        {showsPriority ? (
          <PriorityMark priority={row.priority} />
        ) : (
          <span className="pri" aria-hidden="true">
            <Avatar name={row.name} size={20} />
          </span>
        )}
        <span className="row-name">
          <span className="clip" dir="auto">
            {row.name}
          </span>
          {row.movedUp !== null && !gone && (
            <span className="tag tag-line" title={`Moved up: ${MOVED_UP_WORDS[row.movedUp]}`}>
              Moved up
              <span className="sr">, {MOVED_UP_WORDS[row.movedUp]}</span>
            </span>
          )}
          {!gone &&
            row.labels.slice(0, LABELS_SHOWN).map((label) => (
              <span key={label} className="tag tag-line row-label" dir="auto" title={`Label: ${label}`}>
                {label}
              </span>
            ))}
          {row.state === 'bot' && row.mood !== 'calm' && !gone && (
            <span className="tag" data-mood={row.mood}>
              {MOOD_WORDS[row.mood]}
            </span>
          )}
          {row.isCallback && !gone && <span className="tag tag-line">Callback</span>}
          {row.unread > 0 && (
            <span className="row-count">
              {row.unread > 9 ? '9+' : row.unread}
              <span className="sr"> unread</span>
            </span>
          )}
        </span>
        {view === 'pending' ? <Waited since={row.waitingSince} /> : <Ago at={row.lastMessageAt} />}
        <RowWords row={row} meId={meId} />
        <span className="row-meta">
          <RowPlace row={row} mine={mine} gone={gone} teamName={props.teamName} />
        </span>
        {showsPriority && !gone && <SlaChip clocks={row.sla} offset={offset} />}
      </a>
      {/* A button that is being pressed stays, so that whoever was a moment too late is told who was faster. */}
      {((row.state === 'pending' && !gone) || pressed) && (
        <button
          type="button"
          className="btn btn-primary claim"
          tabIndex={-1}
          onPointerDown={() => setPressed(true)}
          onPointerLeave={() => setPressed(false)}
          onPointerCancel={() => setPressed(false)}
          onClick={() => {
            setPressed(false);
            props.onClaim(row);
          }}
        >
          Claim
          {selected && <Key>C</Key>}
          <span className="sr"> {row.name}</span>
        </button>
      )}
    </li>
  );
});

/** A row that has just been claimed has left its view: whose it is now is known from the open conversation. */
function useIsMine(row: QueueRow, meId: string, gone: boolean): boolean {
  const ownerNow = useDesk((state) => state.conversations[row.conversationId]?.conversation);
  if (gone && ownerNow) return ownerNow.state === 'active' && ownerNow.agentId === meId;
  return row.agentId === meId && row.state === 'active';
}

function RowWords({ row, meId }: { row: QueueRow; meId: string }) {
  const typing = useDesk((state) => state.typing[row.conversationId]);
  return (
    <span className="row-text clip" dir="auto">
      <b>{lead(row)}</b>
      {typing?.by === 'visitor' ? (
        <>
          typing
          <span className="typing" aria-hidden="true">
            <span />
            <span />
            <span />
          </span>
        </>
      ) : (
        <>
          {row.previewBy === 'agent' && (row.agentId === meId ? 'You: ' : 'Agent: ')}
          {row.preview}
        </>
      )}
    </span>
  );
}

function lead(row: QueueRow): string {
  if (row.state === 'bot') return row.topic ?? 'With the bot';
  if (row.reason === null) return '';
  const named = row.reason === 'rule' || row.reason === 'sensitive_topic';
  const words = (named && row.trigger && TRIGGER_WORDS[row.trigger]) || REASON_WORDS[row.reason];
  return row.reason === 'low_confidence' && row.confidence !== null
    ? `${words} ${row.confidence.toFixed(2)}`
    : words;
}

function RowPlace({
  row,
  mine,
  gone,
  teamName,
}: {
  row: QueueRow;
  mine: boolean;
  gone: boolean;
  teamName: string | null;
}) {
  if (mine) return <span className="own">With you</span>;
  if (row.state === 'active' && row.agentName) {
    return (
      <>
        <Avatar name={row.agentName} size={20} />
        <span className="clip">{row.agentName}</span>
      </>
    );
  }
  if (gone) return <span className="clip">No longer here</span>;
  if (row.state === 'bot') {
    return row.lifetimeValue === null ? null : (
      <span className="clip">
        {roundMoney(row.lifetimeValue.amount, row.lifetimeValue.currency)} lifetime value
      </span>
    );
  }
  const place = [teamName, row.topic === teamName ? null : row.topic].filter(Boolean).join(' · ');
  return <span className="clip">{place}</span>;
}
