import { type ReactNode, useState } from 'react';
import type { VisitorHandoff } from '@/lib/protocol';
import { AskList } from './ask-list';
import { Icon } from './icon';
import { useFocusWhenAsked } from './use-focus-when-asked';
import { useVisitor, useWidget } from './use-widget';

/** The team is closed: when it is back, where the answer should go and why we ask, and the way back to the bot. */
export function FollowUpCard({ handoff, children }: { handoff: VisitorHandoff; children?: ReactNode }) {
  const { say, botName, format, visitor } = useWidget();
  const busy = useVisitor((state) => state.busy !== null);
  const now = Date.now() + useVisitor((state) => state.clockOffsetMs);
  const { opensAt, ahead } = handoff;
  const place = ahead
    ? say('waitBefore', { count: ahead })
    : say('wouldBeFirst', { place: format.place({ position: 1, exact: true, wait: null }) });
  const isClosed = handoff.unavailable.some(({ why }) => why === 'closed');
  const isAhead = opensAt !== null && opensAt > now;
  return (
    <section className="card closed wash" aria-labelledby="offer-title">
      <header>
        <span className="g">
          <Icon name="clock" />
        </span>
        <div>
          <h2 id="offer-title">
            {isAhead
              ? say('closedUntil', { when: format.ahead(opensAt, now) })
              : say(isClosed ? 'closedNow' : 'answerByEmail')}
          </h2>
          <p className="sub">
            {isAhead ? `${say('opensIn', { span: format.span(opensAt - now) })} ${place}` : place}
          </p>
        </div>
      </header>
      <AskList title={say('didYouMean')} asks={handoff.alternatives} onAsk={visitor.chooseArticle} />
      <EmailForm handoff={handoff} submit={say(ahead ? 'putInLine' : 'putFirst')} />
      {children}
      <button type="button" className="btn ghost full" aria-disabled={busy} onClick={visitor.decline}>
        {say('notNow', { bot: botName })}
      </button>
    </section>
  );
}

/** Asks for an address, with the reason, at the one place where it is needed. */
export function EmailForm({ handoff, submit }: { handoff: VisitorHandoff; submit: string }) {
  const { say, visitor } = useWidget();
  const known = useVisitor((state) => state.session?.email ?? '');
  const refusal = useVisitor((state) => (state.refusal?.request === 'followUp' ? state.refusal.error : null));
  const busy = useVisitor((state) => state.busy !== null);
  const [written, setWritten] = useState<string | null>(null);
  const [unusable, setUnusable] = useState(false);
  const field = useFocusWhenAsked<HTMLInputElement>();
  const fault = unusable ? say('emailUnusable') : (refusal?.message ?? null);
  return (
    <form
      className="email"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const input = field.current;
        if (input === null || busy) return;
        const usable = input.value.trim() !== '' && input.checkValidity();
        setUnusable(!usable);
        if (usable) visitor.followUp(input.value);
        else input.focus();
      }}
    >
      <label htmlFor="email">{say('whereTo')}</label>
      <span className="inp">
        <Icon name="mail" size="s" />
        <input
          ref={field}
          id="email"
          type="email"
          autoComplete="email"
          placeholder={say('emailExample')}
          value={written ?? known}
          maxLength={254}
          aria-invalid={fault !== null}
          aria-describedby="email-why"
          onInput={(event) => {
            setWritten(event.currentTarget.value);
            setUnusable(false);
          }}
        />
      </span>
      {fault !== null && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      <p className="fine" id="email-why">
        {handoff.teamName === null ? say('emailWhy') : say('emailWhyTeam', { team: handoff.teamName })}
      </p>
      <button type="submit" className="btn pri full" aria-disabled={busy}>
        {submit}
      </button>
    </form>
  );
}
