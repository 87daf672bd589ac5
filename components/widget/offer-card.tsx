import { useState } from 'react';
import type { VisitorHandoff } from '@/lib/protocol';
import { AskList } from './ask-list';
import { CallPath } from './call-path';
import { FormPaths } from './form-paths';
import { Icon } from './icon';
import { LaterCard } from './later-card';
import { useFocusWhenAsked } from './use-focus-when-asked';
import { useVisitor, useWidget } from './use-widget';

export function OfferCard({ handoff }: { handoff: VisitorHandoff }) {
  const [calls, setCalls] = useState(handoff.askedCall);
  const { panel } = useWidget();
  const choose = (on: boolean) => {
    setCalls(on);
    panel.setState({ focusOffer: true });
  };
  if (calls) return <LaterCard card="SlotCard" handoff={handoff} onBack={() => choose(false)} />;
  const writes = handoff.paths.includes('follow_up') && !handoff.paths.includes('live');
  return !writes ? (
    <LiveOffer handoff={handoff} onCall={() => choose(true)} />
  ) : (
    <LaterCard card="FollowUpCard" handoff={handoff}>
      <FormPaths handoff={handoff} />
      <CallPath handoff={handoff} onChoose={() => choose(true)} />
      <Unavailable handoff={handoff} />
    </LaterCard>
  );
}

/** The bot's offer: what can be done, why, and the way back. Nothing happens before one of them is chosen. */
function LiveOffer({ handoff, onCall }: { handoff: VisitorHandoff; onCall: () => void }) {
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
      {handoff.paths.includes('live') && (
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
            <button
              type="button"
              className="btn"
              aria-disabled={busy}
              onClick={() => visitor.accept('first')}
            >
              {say('detailsFirst')}
            </button>
          </div>
        </div>
      )}
      <FormPaths handoff={handoff} />
      {handoff.paths.includes('follow_up') && <LaterCard card="LeaveAddress" handoff={handoff} />}
      <CallPath handoff={handoff} onChoose={onCall} />
      <Unavailable handoff={handoff} />
      <footer>
        <button type="button" className="btn ghost full" aria-disabled={busy} onClick={visitor.decline}>
          {say('carryOn', { bot: botName })}
        </button>
      </footer>
    </section>
  );
}

/** What stands there in grey. */
function Unavailable({ handoff }: { handoff: VisitorHandoff }) {
  return handoff.unavailable[0] ? <LaterCard card="UnavailablePaths" handoff={handoff} /> : null;
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
