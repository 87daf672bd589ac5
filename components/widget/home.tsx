import type { ReactNode } from 'react';
import { lastAgent, unreadMessages } from '@/lib/client/core/visitor-conversation';
import type { VisitorSnapshot } from '@/lib/protocol';
import { AskList } from './ask-list';
import { Face } from './face';
import { firstName } from './format';
import type { TextName } from './texts';
import { useVisitor, useWidget } from './use-widget';

export function Home({ onChat }: { onChat: () => void }) {
  const { say, botName, config, visitor } = useWidget();
  const session = useVisitor((state) => state.session);
  const conversation = useVisitor((state) => state.conversation);
  if (session === null) return <div className="scroll" />;
  const hello = say(partOfDay(new Date().getHours()));
  const ask = (question: string) => {
    visitor.send(question);
    onChat();
  };
  return (
    <div className="scroll">
      <div className="hello">
        <h1 dir="auto">
          {session.name === null
            ? say('greeting', { hello })
            : say('greetingName', { hello, name: firstName(session.name) })}
        </h1>
        <p>{say('welcome', { bot: botName })}</p>
      </div>
      <div className="stack">
        {conversation && <LastConversation conversation={conversation} onOpen={onChat} />}
        {config?.suggestions[0] && (
          <div className="card">
            <AskList
              title={say('oftenAsked')}
              asks={config.suggestions.map((title) => ({ id: title, title }))}
              onAsk={ask}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function LastConversation({ conversation, onOpen }: { conversation: VisitorSnapshot; onOpen: () => void }) {
  const { say, botName, format } = useWidget();
  const readUpTo = useVisitor((state) => state.readUpTo);
  const newest = conversation.events.findLast((event) => event.kind === 'message');
  if (newest === undefined) return null;
  const { message } = newest;
  const agent = lastAgent(conversation);
  const unread = unreadMessages(conversation, readUpTo);
  const authors = {
    visitor: say('you'),
    bot: botName,
    agent: firstName(message.authorName ?? say('someone')),
  };
  return (
    <button type="button" className="card last" onClick={onOpen}>
      <Face person={agent} size="m" />
      <Text title={agent ?? say('lastConversation')} at={format.time(newest.at)}>
        {authors[message.author]}: {message.body}
      </Text>
      {unread > 0 && (
        <span className="count">
          {unread}
          <span className="vh"> {say('unread', { count: '' })}</span>
        </span>
      )}
    </button>
  );
}

function Text({ title, at, children }: { title: string; at: string; children: ReactNode }) {
  return (
    <span className="t">
      <span>
        <b dir="auto">{title}</b>
        <small>{at}</small>
      </span>
      <span className="line" dir="auto">
        {children}
      </span>
    </span>
  );
}

function partOfDay(hour: number): TextName {
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}
