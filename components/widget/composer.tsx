import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { MAX_MESSAGE_LENGTH } from '@/lib/domain/conversation';
import type { VisitorHandoff } from '@/lib/protocol';
import { Face } from './face';
import { firstName } from './format';
import { Icon } from './icon';
import type { TextName } from './texts';
import { useStore, useVisitor, useWidget } from './use-widget';

const TALLEST_PX = 132;
const COUNT_FROM = 200;

interface Words {
  placeholder: TextName;
  truth: TextName;
  when: string;
  person: string | null;
}

/** Where one writes, and under it who reads. */
export function Composer({ home, onSend }: { home: boolean; onSend: () => void }) {
  const { say, visitor, botName, config } = useWidget();
  const [text, setText] = useState('');
  const field = useField(text);
  const words = useWords(home);
  const name = firstName(words.person ?? botName);
  const left = MAX_MESSAGE_LENGTH - text.length;

  const send = () => {
    if (text.trim() === '') return;
    visitor.send(text);
    setText('');
    onSend();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      className="comp"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="box">
        <textarea
          ref={field}
          id="message"
          rows={1}
          dir="auto"
          value={text}
          maxLength={MAX_MESSAGE_LENGTH}
          aria-label={say('message')}
          aria-describedby="truth"
          placeholder={say(words.placeholder, { name })}
          enterKeyHint="send"
          onInput={(event) => {
            setText(event.currentTarget.value);
            visitor.typing();
          }}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className={text.trim() === '' ? 'send' : 'send go'} aria-label={say('send')}>
          <span>
            <Icon name="up" size="s" />
          </span>
        </button>
      </div>
      <p className="truth" id="truth">
        {left < COUNT_FROM && say('charactersLeft', { count: left })}
        {left >= COUNT_FROM && config !== null && (
          <>
            <Face person={words.person} size="xs" />
            <span>{say(words.truth, { bot: botName, name, when: words.when })}</span>
          </>
        )}
      </p>
    </form>
  );
}

function useWords(home: boolean): Words {
  const conversation = useVisitor((state) => state.conversation);
  const offline = useVisitor((state) => state.session !== null && state.connection.kind !== 'online');
  const { format } = useWidget();
  const now = Date.now() + useVisitor((state) => state.clockOffsetMs);
  const words = wordsFor(home, conversation?.state ?? 'bot', conversation?.handoff ?? null);
  const opensAt = conversation?.handoff?.opensAt ?? null;
  const when = opensAt === null ? '' : format.ahead(opensAt, now);
  const person = conversation?.state === 'active' ? (conversation.handoff?.agentName ?? null) : null;
  return { ...words, person, when, ...(offline ? { placeholder: 'writeOffline' as const } : {}) };
}

function wordsFor(
  home: boolean,
  state: string,
  handoff: VisitorHandoff | null,
): Pick<Words, 'placeholder' | 'truth'> {
  if (state === 'active') return { placeholder: 'writeTo', truth: 'truthPerson' };
  if (state === 'pending' && handoff?.followUp) return { placeholder: 'askElse', truth: 'truthFollowUp' };
  if (state === 'pending') return { placeholder: 'addDetail', truth: 'truthQueue' };
  if (handoff?.state === 'collecting') return { placeholder: 'addDetail', truth: 'truthDetails' };
  if (handoff?.state === 'offered' && !handoff.paths.includes('live')) {
    return { placeholder: 'askElse', truth: handoff.opensAt === null ? 'truthClosed' : 'truthClosedUntil' };
  }
  if (handoff?.state === 'offered') return { placeholder: 'orWriteTo', truth: 'truthOffer' };
  if (home) return { placeholder: 'askAnything', truth: 'truthHome' };
  if (state === 'resolved') return { placeholder: 'stillSomething', truth: 'truthResolved' };
  return { placeholder: 'writeTo', truth: 'truthBot' };
}

function useField(text: string) {
  const { panel } = useWidget();
  const open = useStore(panel, (state) => state.open);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = text === '' ? '' : `${Math.min(element.scrollHeight, TALLEST_PX)}px`;
  }, [text]);
  return field;
}
