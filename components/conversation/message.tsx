'use client';

import { BookOpen, Check, CheckCheck, Clock, Lock, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import type { OutboxItem } from '@/lib/client/core/outbox';
import type { MessageView } from '@/lib/protocol';
import { timeText } from './time-text';

/** One message in the thread: who spoke is told by place, shape and words. */
export const Message = memo(function Message({
  message,
  first,
  read,
  own,
  customerName,
}: {
  message: MessageView;
  first: boolean;
  read: boolean;
  /** Written by oneself; of a colleague's the name is shown. */
  own: boolean;
  customerName: string;
}) {
  const spaced = first ? undefined : { marginBlockStart: 2 };
  if (message.kind === 'note') {
    return (
      <div className="note">
        <div className="msg-by">
          <Lock className="i i-12" aria-hidden="true" />
          <b>Internal note</b>
          <span>{message.authorName}</span>
          <span className="n">{timeText(message.at)}</span>
        </div>
        <p dir="auto" className="said">
          {message.body}
        </p>
      </div>
    );
  }
  if (message.author === 'visitor') {
    return (
      <div className="msg msg-in" style={spaced}>
        {first && (
          <div className="msg-by">
            <b>{customerName}</b>
            <span className="n">{timeText(message.at)}</span>
          </div>
        )}
        <div className="bubble said" dir="auto">
          {message.body}
        </div>
      </div>
    );
  }
  if (message.author === 'bot') {
    return (
      <div className="msg msg-out msg-bot" style={spaced}>
        {first && (
          <div className="msg-by">
            <span className="ai-badge">AI</span>
            <b>{message.authorName}</b>
            <span className="n">{timeText(message.at)}</span>
          </div>
        )}
        <div className="bubble said" dir="auto">
          {message.body}
        </div>
        {message.sources.length > 0 && (
          <div className="cites">
            {message.sources.map((source) => (
              <span key={source.articleId} className="cite">
                <BookOpen className="i i-12" aria-hidden="true" />
                {source.title}
              </span>
            ))}
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="msg msg-out msg-agent" style={spaced}>
      <div className="msg-by">
        {read ? (
          <CheckCheck className="i i-12" aria-hidden="true" />
        ) : (
          <Check className="i i-12" aria-hidden="true" />
        )}
        {!own && first && <b>{message.authorName}</b>}
        <span className="sr">
          {own && message.authorName}, {read ? 'read' : 'sent'} at
        </span>
        <span className="n">{timeText(message.at)}</span>
      </div>
      <div className="bubble said" dir="auto">
        {message.body}
      </div>
    </div>
  );
});

/** Written here and not in the log yet. A failed one keeps its text. */
export function PendingMessage({
  item,
  mode,
  onRetry,
  onDiscard,
}: {
  item: OutboxItem;
  mode: 'reply' | 'note';
  onRetry: () => void;
  onDiscard: () => void;
}) {
  const failed = item.status === 'failed';
  return (
    <div className={`msg msg-out msg-waiting${failed ? ' is-failed' : ''}`}>
      <div className="bubble said" dir="auto">
        {item.body}
      </div>
      <div className="msg-by">
        {failed ? (
          <>
            <TriangleAlert className="i i-12" aria-hidden="true" />
            <span>{item.refusal?.message ?? 'Not sent.'}</span>
            <button type="button" className="btn btn-ghost btn-24" onClick={onRetry}>
              Try again
            </button>
            <button type="button" className="btn btn-ghost btn-24" onClick={onDiscard}>
              Discard
            </button>
          </>
        ) : (
          <>
            <Clock className="i i-12" aria-hidden="true" />
            <span>
              {mode === 'note'
                ? 'Saving the note'
                : item.status === 'waiting'
                  ? 'Kept, sent by itself'
                  : 'Sending'}
            </span>
          </>
        )}
      </div>
    </div>
  );
}
