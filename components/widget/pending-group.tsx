import { useEffect, useState } from 'react';
import type { OutboxItem } from '@/lib/client/core/outbox';
import { Icon } from './icon';
import { MessageBody } from './message-body';
import { useVisitor, useWidget } from './use-widget';

const LATE_MS = 1500;

/** Own messages on their way. Not sent yet is dashed, never faded. */
export function PendingGroup({ items }: { items: readonly OutboxItem[] }) {
  const { say } = useWidget();
  const online = useVisitor((state) => state.connection.kind === 'online');
  const late = useLate(items[0]?.clientId ?? '');
  const underWay = items.filter((item) => item.status !== 'failed');
  const kept = underWay.some((item) => item.status !== 'sent') && (!online || late);
  return (
    <div className="me">
      <span className="vh">{say('you')}: </span>
      {underWay.map((item) => (
        <div key={item.clientId} className={kept && item.status !== 'sent' ? 'bub wait' : 'bub'} dir="auto">
          <MessageBody text={item.body} />
        </div>
      ))}
      {underWay.length > 0 && (
        <div className="meta">
          {kept && <Icon name="clock" size="xs" />}
          {say(kept ? 'keptHere' : 'sending')}
        </div>
      )}
      {items
        .filter((item) => item.status === 'failed')
        .map((item) => (
          <Failed key={item.clientId} item={item} />
        ))}
    </div>
  );
}

function Failed({ item }: { item: OutboxItem }) {
  const { say, visitor } = useWidget();
  return (
    <>
      <div className="bub wait" dir="auto">
        <MessageBody text={item.body} />
      </div>
      <div className="meta failed">
        <Icon name="alert" size="xs" />
        {say('notSent')}
        <button type="button" onClick={() => visitor.retry(item.clientId)}>
          {say('tryAgain')}
        </button>
        <button type="button" onClick={() => visitor.discard(item.clientId)}>
          {say('remove')}
        </button>
      </div>
      {item.refusal && <p className="fine">{item.refusal.message}</p>}
    </>
  );
}

function useLate(clientId: string): boolean {
  const [late, setLate] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setLate(clientId), LATE_MS);
    return () => clearTimeout(timer);
  }, [clientId]);
  return late === clientId;
}
