import { useEffect, useRef } from 'react';
import type { VisitorHandoff } from '@/lib/protocol';
import { Icon } from './icon';
import { useStore, useVisitor, useWidget } from './use-widget';

/** The bot's offer: what can be done, why, and the way back. Nothing happens before one of them is chosen. */
export function OfferCard({ handoff }: { handoff: VisitorHandoff }) {
  const { say, botName, visitor } = useWidget();
  const first = useFocusWhenAsked();
  const busy = useVisitor((state) => state.busy !== null);
  return (
    <section className="card offer" aria-labelledby="offer-title">
      <header>
        <h2 id="offer-title">{say('offerTitle')}</h2>
        <p className="sub">{say(`reason_${handoff.reason}`, { bot: botName })}</p>
      </header>
      {handoff.paths.includes('live') && (
        <div className="path">
          <span className="g">
            <Icon name="chat" />
          </span>
          <div>
            <h3>{say('chatWithPerson')}</h3>
            <p>{say('readsAllFirst')}</p>
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
      <footer>
        <button type="button" className="btn ghost full" aria-disabled={busy} onClick={visitor.decline}>
          {say('carryOn', { bot: botName })}
        </button>
      </footer>
    </section>
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

function useFocusWhenAsked() {
  const { panel } = useWidget();
  const asked = useStore(panel, (state) => state.focusOffer);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!asked || button.current === null) return;
    button.current.focus({ preventScroll: true });
    button.current.closest('.card')?.scrollIntoView({ block: 'nearest' });
    panel.setState({ focusOffer: false });
  }, [asked, panel]);
  return button;
}
