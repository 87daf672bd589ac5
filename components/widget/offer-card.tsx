import { useState } from 'react';
import type { VisitorHandoff } from '@/lib/protocol';
import { AskList } from './ask-list';
import { EmailForm, FollowUpCard } from './follow-up-card';
import { FormPaths } from './form-card';
import { Icon } from './icon';
import { useFocusWhenAsked } from './use-focus-when-asked';
import { useVisitor, useWidget } from './use-widget';

export function OfferCard({ handoff }: { handoff: VisitorHandoff }) {
  return handoff.paths.includes('live') ? (
    <LiveOffer handoff={handoff} />
  ) : (
    <FollowUpCard handoff={handoff} />
  );
}

/** The bot's offer: what can be done, why, and the way back. Nothing happens before one of them is chosen. */
function LiveOffer({ handoff }: { handoff: VisitorHandoff }) {
  const { say, botName, visitor } = useWidget();
  const first = useFocusWhenAsked();
  const busy = useVisitor((state) => state.busy !== null);
  return (
    <section className="card offer" aria-labelledby="offer-title">
      <header>
        <h2 id="offer-title">{say('offerTitle')}</h2>
        <p className="sub">{say(`reason_${handoff.reason}`, { bot: botName })}</p>
      </header>
      <AskList title={say('didYouMean')} asks={handoff.alternatives} onAsk={visitor.chooseArticle} />
      <div className="path">
        <span className="g">
          <Icon name="chat" />
        </span>
        <div>
          <h3>{say('chatWithPerson')}</h3>
          <LiveFacts handoff={handoff} />
        </div>
        <div className="ways">
          <button
            type="button"
            className="btn pri"
            ref={first}
            aria-disabled={busy}
            onClick={() => visitor.accept('later')}
          >
            {say('connectNow')}
          </button>
          <button type="button" className="btn" aria-disabled={busy} onClick={() => visitor.accept('first')}>
            {say('detailsFirst')}
          </button>
        </div>
      </div>
      <FormPaths handoff={handoff} />
      {handoff.paths.includes('follow_up') && <LeaveAddress handoff={handoff} />}
      <footer>
        <button type="button" className="btn ghost full" aria-disabled={busy} onClick={visitor.decline}>
          {say('carryOn', { bot: botName })}
        </button>
      </footer>
    </section>
  );
}

/** How long it would likely take, and in which place; where nothing can be said, what will not be asked again. */
function LiveFacts({ handoff: { wait, ahead } }: { handoff: VisitorHandoff }) {
  const { say, format } = useWidget();
  const place = ahead === null ? null : format.place({ position: ahead + 1, exact: true, wait });
  if (wait === null || place === null) {
    const isShort = place === null || ahead === 0;
    return <p>{isShort ? say('readsAllFirst') : say('wouldBeFirst', { place })}</p>;
  }
  const { range, unit } = format.wait(wait);
  return (
    <p className="live">
      <i aria-hidden="true" />
      {say('liveFacts', { wait: `${range} ${unit}`, place })}
    </p>
  );
}

/** Nobody is at the desk just now: who would rather not wait here leaves an address. */
function LeaveAddress({ handoff }: { handoff: VisitorHandoff }) {
  const { say, panel } = useWidget();
  const [open, setOpen] = useState(false);
  return (
    <div className="path plain">
      <span className="g">
        <Icon name="mail" />
      </span>
      <div>
        <h3>{say('answerByEmail')}</h3>
        <p>{say('nobodyThere')}</p>
      </div>
      {open ? (
        <EmailForm handoff={handoff} submit={say('putInLine')} />
      ) : (
        <button
          type="button"
          className="btn"
          aria-expanded={false}
          onClick={() => {
            setOpen(true);
            panel.setState({ focusOffer: true });
          }}
        >
          {say('leaveAddress')}
        </button>
      )}
    </div>
  );
}

/** Details are written in the conversation itself; this card waits below them. */
export function DetailsCard() {
  const { say, botName, visitor } = useWidget();
  const first = useFocusWhenAsked();
  const busy = useVisitor((state) => state.busy !== null);
  return (
    <section className="card details" aria-labelledby="details-title">
      <h2 id="details-title">{say('detailsTitle')}</h2>
      <p className="sub">{say('detailsHint')}</p>
      <button
        type="button"
        className="btn pri full"
        ref={first}
        aria-disabled={busy}
        onClick={() => visitor.accept('later')}
      >
        {say('connectNow')}
      </button>
      <button type="button" className="btn ghost full" aria-disabled={busy} onClick={visitor.decline}>
        {say('carryOn', { bot: botName })}
      </button>
    </section>
  );
}
