import type { MessageView } from '@/lib/protocol';
import { Face } from './face';
import { firstName } from './format';
import { Icon, type IconName } from './icon';
import { MessageBody } from './message-body';
import type { TextName } from './texts';
import type { MessageGroup } from './timeline';
import { useWidget } from './use-widget';

const RECEIPTS = {
  sent: { text: 'sent', icon: 'check' },
  read: { text: 'read', icon: 'seen' },
  added: { text: 'addedForTeam', icon: 'check' },
} as const satisfies Record<string, { text: TextName; icon: IconName }>;

/** What one side said in one go: name above, face beside the last, time and state once below. */
export function Group({ group }: { group: MessageGroup }) {
  return group.author === 'visitor' ? <OwnGroup group={group} /> : <TheirGroup group={group} />;
}

function OwnGroup({ group }: { group: MessageGroup }) {
  const { say, format } = useWidget();
  const receipt = group.receipt && RECEIPTS[group.receipt];
  return (
    <div className="me">
      <span className="vh">{say('you')}: </span>
      {group.messages.map((message) => (
        <div key={message.clientId} className="bub" dir="auto">
          <MessageBody text={message.body} />
        </div>
      ))}
      <div className="meta">
        {format.time(group.at)}
        {receipt && (
          <>
            <span aria-hidden="true">·</span>
            <b className={group.receipt ?? undefined}>{say(receipt.text)}</b>
            <Icon name={receipt.icon} size="xs" />
          </>
        )}
      </div>
    </div>
  );
}

function TheirGroup({ group }: { group: MessageGroup }) {
  const { say, format, botName } = useWidget();
  const bot = group.author === 'bot';
  const name = bot ? botName : (group.name ?? say('someone'));
  return (
    // What still grows is read out once, when it is whole.
    <div className={bot ? 'grp ai' : 'grp'} aria-hidden={group.messages.at(-1)?.id === '' || undefined}>
      <div className="name" dir="auto">
        {bot ? name : firstName(name)}
        {bot && <span className="tag-ai">{say('ai')}</span>}
      </div>
      <div className="bubs">
        <Face person={bot ? null : name} />
        {group.messages.map((message) => (
          <div key={message.clientId} className="bub" dir="auto">
            <MessageBody text={message.body} />
            <Sources message={message} />
          </div>
        ))}
      </div>
      <div className="meta">{format.time(group.at)}</div>
    </div>
  );
}

function Sources({ message }: { message: MessageView }) {
  const { say, format } = useWidget();
  if (message.sources.length === 0) return null;
  return (
    <ul className="srcs" aria-label={say('source')}>
      {message.sources.map((source, index) => (
        <li key={source.articleId}>
          <span className="n" aria-hidden="true">
            {index + 1}
          </span>
          <span>
            <b>{source.title}</b>
            <small>{say('updated', { date: format.date(source.updatedAt) })}</small>
          </span>
        </li>
      ))}
    </ul>
  );
}
