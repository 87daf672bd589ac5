import { useFocusWhenAsked } from './use-focus-when-asked';
import { useVisitor, useWidget } from './use-widget';

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
