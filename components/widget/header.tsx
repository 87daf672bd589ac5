import { lastAgent } from '@/lib/client/core/visitor-conversation';
import { Face } from './face';
import { firstName } from './format';
import { Icon } from './icon';
import { useVisitor, useWidget } from './use-widget';

/** The same five places on every screen: back, face, name and state, the person pill, close. */
export function Header({
  home,
  onPerson,
  onBack,
}: {
  home: boolean;
  onPerson: () => void;
  onBack: () => void;
}) {
  const { say, close, config } = useWidget();
  return (
    <header className={home ? 'head bare' : 'head'}>
      {home ? (
        <p className="brandmark">
          <span aria-hidden="true">{[...(config?.shopName ?? '')][0]}</span>
          {config?.shopName}
        </p>
      ) : (
        <>
          <button type="button" className="ib" aria-label={say('back')} onClick={onBack}>
            <Icon name="back" flip />
          </button>
          <Who />
        </>
      )}
      <PersonPill onPress={onPerson} />
      {close ? (
        <button type="button" className="ib" aria-label={say('close')} onClick={close}>
          <Icon name="close" />
        </button>
      ) : (
        <span className="gap" />
      )}
    </header>
  );
}

function Who() {
  const { say, botName, format } = useWidget();
  const conversation = useVisitor((state) => state.conversation);
  const online = useVisitor((state) => state.connection.kind === 'online' || state.session === null);
  const newest = conversation?.events.findLast((event) => event.kind === 'handoff');
  const calls = conversation?.events.findLast((event) => event.kind === 'callback');
  const call = conversation?.state === 'resolved' ? calls?.change : null;
  const state = conversation?.state ?? 'bot';
  const person =
    conversation && (state === 'active' || state === 'resolved') ? lastAgent(conversation) : null;

  const hint = () => {
    if (!online) return say('reconnecting');
    if (newest?.change === 'scheduled' && (call === 'booked' || call === 'moved')) return say('callAgreed');
    if (state === 'resolved') return say('endedAt', { time: format.time(newest?.at ?? 0) });
    if (state === 'active') return conversation?.handoff?.teamName ?? say('withPerson');
    return say(state === 'pending' ? 'waitingWithYou' : 'aiAssistant');
  };

  return (
    <div className="who">
      <Face person={person} size="m" />
      <div>
        <h1 dir="auto">
          {person !== null && state === 'resolved' ? firstName(person) : (person ?? botName)}
        </h1>
        <small>{hint()}</small>
      </div>
    </div>
  );
}

function PersonPill({ onPress }: { onPress: () => void }) {
  const { say, format } = useWidget();
  const state = useVisitor((visitor) => visitor.conversation?.state ?? 'bot');
  const position = useVisitor((visitor) => visitor.position);
  if (state === 'active') {
    return (
      <span className="pill still">
        <Icon name="check" size="s" />
        {say('withPerson')}
      </span>
    );
  }
  const waiting = state === 'pending';
  const label = position === null ? say('joiningLine') : say('inLine', { place: format.place(position) });
  return (
    <button type="button" className={waiting ? 'pill on' : 'pill'} onClick={onPress}>
      <Icon name="person" size="s" />
      {waiting ? label : say('talkToPerson')}
    </button>
  );
}
