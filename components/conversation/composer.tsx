'use client';

import { ClipboardList } from 'lucide-react';
import { forwardRef, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { Key } from '@/components/ui/key';
import type { ComposerMode } from '@/lib/client/desk/desk-store';
import { useDeskClient } from '@/lib/client/hooks/use-desk';
import { MAX_MESSAGE_LENGTH } from '@/lib/domain/conversation';
import { TYPING_THROTTLE_MS } from '@/lib/protocol';
import { useDraft } from './use-draft';

export interface ComposerHandle {
  focus(mode: ComposerMode): void;
  insert(text: string): void;
}

interface Props {
  conversationId: string;
  customerName: string;
  /** Whether one may write to the customer now; notes always work. */
  mine: boolean;
  /** Who has it, when whoever supervises writes them a note. */
  whispersTo: string | null;
  /** Greeting drafted from the context, while no person has written yet. */
  greeting: string | null;
  onEscape: () => void;
  /** Absent where no form may be sent. */
  onForm: (() => void) | null;
}

/** Reply and note are two places with two buttons, so that a note never goes out. */
export const Composer = forwardRef<ComposerHandle, Props>(function Composer(props, handle) {
  const { conversationId, customerName, mine, whispersTo, greeting } = props;
  const listener = whispersTo?.split(' ')[0];
  const client = useDeskClient();
  const [chosen, setMode] = useState<ComposerMode>('reply');
  const mode = mine ? chosen : 'note';
  const [draft, setDraft] = useDraft(conversationId, mode);
  const [dropped, setDropped] = useState(false);
  const text = useRef<HTMLTextAreaElement>(null);
  const lastTyping = useRef(0);
  const firstName = customerName.split(' ')[0] ?? customerName;
  const left = MAX_MESSAGE_LENGTH - draft.length;

  useImperativeHandle(handle, () => ({
    focus(next) {
      setMode(next);
      text.current?.focus();
    },
    insert(words) {
      setMode('reply');
      setDraft(words);
      text.current?.focus();
    },
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const area = text.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(220, area.scrollHeight)}px`;
  }, [draft, mode]);

  const send = () => {
    const body = draft.trim();
    if (body === '' || body.length > MAX_MESSAGE_LENGTH) return;
    client.send(conversationId, mode, body);
    setDraft('');
  };
  const tellTyping = () => {
    if (mode !== 'reply' || Date.now() - lastTyping.current < TYPING_THROTTLE_MS) return;
    lastTyping.current = Date.now();
    client.tellTyping(conversationId);
  };

  return (
    <div className={`box${mode === 'note' ? ' is-note' : ''}`}>
      {mine && mode === 'reply' && greeting && !dropped && draft === '' && (
        <div className="greeting">
          <p dir="auto">{greeting}</p>
          <button
            type="button"
            className="btn btn-ai btn-24"
            onClick={() => {
              setDraft(greeting);
              text.current?.focus();
            }}
          >
            Use <Key>⌥1</Key>
          </button>
          <button type="button" className="btn btn-ghost btn-24" onClick={() => setDropped(true)}>
            Drop
          </button>
        </div>
      )}
      <div className="tabs" role="tablist" aria-label="What you write">
        {mine && (
          <button
            type="button"
            className="tab"
            role="tab"
            aria-selected={mode === 'reply'}
            onClick={() => setMode('reply')}
          >
            Reply <Key bare>R</Key>
          </button>
        )}
        <button
          type="button"
          className="tab"
          role="tab"
          aria-selected={mode === 'note'}
          onClick={() => setMode('note')}
        >
          {listener ? `Whisper to ${listener}` : 'Note'} <Key bare>N</Key>
        </button>
      </div>
      <textarea
        ref={text}
        className="write"
        rows={2}
        dir="auto"
        value={draft}
        aria-label={mode === 'note' ? 'Internal note' : `Reply to ${customerName}`}
        placeholder={
          mode === 'reply'
            ? `Write to ${firstName}…`
            : listener
              ? `Only ${listener} and colleagues see this…`
              : 'Only colleagues see this…'
        }
        onChange={(event) => {
          setDraft(event.target.value);
          tellTyping();
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
            event.preventDefault();
            send();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            props.onEscape();
          }
        }}
      />
      <div className="tools">
        {props.onForm && (
          <button
            type="button"
            className="btn btn-ghost btn-icon"
            aria-label="Send a form"
            title="Send a form (F)"
            onClick={props.onForm}
          >
            <ClipboardList className="i" aria-hidden="true" />
          </button>
        )}
        <span className="grow t3 tools-hint">
          {left < 300 ? `${left} characters left` : 'Enter sends, Shift Enter makes a new line'}
        </span>
        <button
          type="button"
          className={`btn ${mode === 'note' ? 'btn-note' : 'btn-primary'}`}
          onClick={send}
          disabled={draft.trim() === '' || left < 0}
        >
          {mode === 'reply' ? `Send to ${firstName}` : listener ? 'Whisper' : 'Add note'}
          <Key>↵</Key>
        </button>
      </div>
    </div>
  );
});
