'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import { useDesk, useDeskClient } from '@/lib/client/hooks/use-desk';
import type { ConversationSnapshot, StaffEvent } from '@/lib/protocol';
import { HandoffCard } from './handoff-card';
import { Message, PendingMessage } from './message';
import { SubmissionCard } from './submission-card';
import { dayText } from './time-text';
import { eventText, timelineOf } from './timeline';

const NOTHING: readonly never[] = [];

export function Thread({ snapshot }: { snapshot: ConversationSnapshot }) {
  const client = useDeskClient();
  const { id } = snapshot.conversation;
  const replies = useDesk((state) => state.outbox[`${id}:reply`] ?? NOTHING);
  const notes = useDesk((state) => state.outbox[`${id}:note`] ?? NOTHING);
  const items = useMemo(
    () =>
      timelineOf(snapshot.events, [
        ...replies.map((item) => ({ item, mode: 'reply' as const })),
        ...notes.map((item) => ({ item, mode: 'note' as const })),
      ]),
    [snapshot.events, replies, notes],
  );
  const typing = useDesk((state) => state.typing[id]);
  const meId = useDesk((state) => state.desk?.me.id ?? '');
  const customer = snapshot.customer.name;
  const readUpTo = snapshot.conversation.visitorReadSeq;

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll scroll-end" aria-label={`Messages with ${customer}`} tabIndex={0}>
      <div className="thread">
        {snapshot.more && (
          <div className="fold">
            <button type="button" onClick={() => void client.loadEarlier(id)}>
              <ChevronUp className="i i-12" aria-hidden="true" />
              Earlier messages
            </button>
          </div>
        )}
        {items.map((item) => (
          <Fragment key={item.key}>
            {item.type === 'day' && (
              <div className="fold">
                <span>{dayText(item.at, Date.now())}</span>
              </div>
            )}
            {item.type === 'message' && (
              <Message
                message={item.message}
                first={item.first}
                read={item.visibleSeq !== null && item.visibleSeq <= readUpTo}
                own={item.message.authorId === meId}
                customerName={customer}
              />
            )}
            {item.type === 'pending' && (
              <PendingMessage
                item={item.item}
                mode={item.mode}
                onRetry={() => client.retry(id, item.mode, item.item.clientId)}
                onDiscard={() => client.discard(id, item.mode, item.item.clientId)}
              />
            )}
            {item.type === 'submission' && (
              <SubmissionCard conversation={snapshot.conversation} submission={item.submission} />
            )}
            {item.type === 'card' && snapshot.handoff?.id === item.handoffId && (
              <HandoffCard handoff={snapshot.handoff} at={item.at} />
            )}
            {item.type === 'system' && <SystemLine events={item.events} customer={customer} />}
          </Fragment>
        ))}
        {typing && (
          <div className="msg msg-in">
            <div className="bubble t3" role="status">
              <span className="sr">{typing.by === 'visitor' ? customer : typing.name} is typing</span>
              <span className="typing" aria-hidden="true">
                <span />
                <span />
                <span />
              </span>
            </div>
          </div>
        )}
        <Announcer events={snapshot.events} customer={customer} />
      </div>
    </section>
  );
}

/** What happened, folded to its last; all of it on request. */
function SystemLine({ events, customer }: { events: StaffEvent[]; customer: string }) {
  const [open, setOpen] = useState(false);
  const meId = useDesk((state) => state.desk?.me.id ?? '');
  const teams = useDesk((state) => state.desk?.teams);
  const teamName = (id: string) => teams?.find((team) => team.id === id)?.name ?? 'a team';
  const texts = events.map((event) => eventText(event, customer, meId, teamName));
  if (texts.length === 1 || open) {
    return (
      <ul className="sys-list">
        {texts.map((text, index) => (
          <li key={events[index]?.seq} className="sys">
            {text}
          </li>
        ))}
      </ul>
    );
  }
  return (
    <div className="sys">
      <span>{texts.at(-1)}</span>
      <span aria-hidden="true">·</span>
      <button type="button" onClick={() => setOpen(true)}>
        {texts.length} events
        <ChevronDown className="i i-12" aria-hidden="true" />
      </button>
    </div>
  );
}

/** Says each new word of the customer once, and nothing of what was there before. */
function Announcer({ events, customer }: { events: readonly StaffEvent[]; customer: string }) {
  const last = events.at(-1)?.seq ?? 0;
  const heard = useRef(last);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const fresh = events.filter((event) => event.seq > heard.current && event.message?.author === 'visitor');
    heard.current = last;
    const [only] = fresh;
    if (only === undefined) return;
    setSaid(fresh.length === 1 ? `${customer}: ${only.message?.body ?? ''}` : `${fresh.length} new messages`);
  }, [events, last, customer]);
  return (
    <div className="sr" role="status">
      {said}
    </div>
  );
}
