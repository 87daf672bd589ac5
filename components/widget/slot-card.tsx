import { useEffect, useState } from 'react';
import type { CallbackChannel } from '@/lib/domain/callback';
import { zoneCity } from '@/lib/domain/zone-city';
import type { CallbackProposal, VisitorHandoff } from '@/lib/protocol';
import { Icon } from './icon';
import { otherClock } from './other-clock';
import { useFocusWhenAsked } from './use-focus-when-asked';
import { useVisitor, useWidget } from './use-widget';

const SOON = 'soon';

/** Up to three times by both clocks, how we would talk, and where the invitation goes. Nothing is booked before the press. */
export function SlotCard({ handoff, onBack }: { handoff: VisitorHandoff; onBack: () => void }) {
  const { say, format, visitor } = useWidget();
  const [channel, setChannel] = useState<CallbackChannel | null>(null);
  const [after, setAfter] = useState<number | null>(null);
  const { proposal, fault, again } = useProposal(channel, after);
  const [chosen, setChosen] = useState<string | null>(null);
  const busy = useVisitor((state) => state.busy !== null);
  const refusal = useVisitor((state) => (state.refusal?.request === 'book' ? state.refusal.error : null));
  const now = Date.now() + useVisitor((state) => state.clockOffsetMs);
  // Somebody was faster: the times that are left are asked for anew.
  useEffect(() => {
    if (refusal !== null) again();
  }, [refusal, again]);
  const slots = proposal?.slots ?? [];
  const first = slots[0] ? `${slots[0].startAt}` : proposal?.withinMs ? SOON : null;
  const isThere = chosen === SOON ? proposal?.withinMs : slots.some(({ startAt }) => `${startAt}` === chosen);
  const value = isThere ? chosen : first;
  const way = proposal?.channel ?? 'voice';
  const minutes = proposal?.channels.find((each) => each.channel === way)?.minutes ?? 0;
  const when = value === null || value === SOON ? '' : format.slot(Number(value), now);

  return (
    <section className="card slots" aria-labelledby="offer-title">
      <header>
        <h2 id="offer-title">{say('callTitle')}</h2>
        <p className="sub">
          {say('callLength', { count: minutes, team: handoff.teamName ?? say('someone') })}
        </p>
      </header>
      {proposal === null ? (
        <p className="sub" role="status">
          {fault ?? say('findingTimes')}
        </p>
      ) : (
        <CallForm
          key={way}
          needsNumber={way === 'voice'}
          needsAddress={value !== SOON}
          usable={value !== null}
          submit={
            value === SOON
              ? say('bookSoon', { span: format.span(proposal.withinMs ?? 0) })
              : say(`book_${way}`, { when })
          }
          onSubmit={(contact) =>
            visitor.book({ ...contact, channel: way, startAt: value === SOON ? null : Number(value) })
          }
        >
          {proposal.channels.length > 1 && (
            <fieldset className="ways">
              <legend className="vh">{say('callHow')}</legend>
              {proposal.channels.map((each) => (
                <label key={each.channel}>
                  <input
                    type="radio"
                    name="way"
                    checked={each.channel === way}
                    onChange={() => {
                      setChannel(each.channel);
                      setAfter(null);
                    }}
                  />
                  {say(`way_${each.channel}`)}
                </label>
              ))}
            </fieldset>
          )}
          <fieldset className="times">
            <legend className="vh">{say('callTitle')}</legend>
            {slots.map(({ startAt }) => (
              <label key={startAt} className="slot">
                <input
                  type="radio"
                  name="slot"
                  value={startAt}
                  checked={value === `${startAt}`}
                  onChange={() => setChosen(`${startAt}`)}
                />
                <Clocks at={startAt} now={now} teamTimeZone={proposal.teamTimeZone} />
              </label>
            ))}
            {proposal.withinMs !== null && after === null && (
              <label className="slot">
                <input
                  type="radio"
                  name="slot"
                  value={SOON}
                  checked={value === SOON}
                  onChange={() => setChosen(SOON)}
                />
                <span>
                  <b>{say('callWithin', { span: format.span(proposal.withinMs) })}</b>
                  <small>{say('soonAs')}</small>
                </span>
              </label>
            )}
            {slots.length === 0 && proposal.withinMs === null && <p className="sub">{say('noTimes')}</p>}
          </fieldset>
          <MoreTimes slots={slots} after={after} onAfter={setAfter} />
        </CallForm>
      )}
      {refusal !== null && (
        <p className="fault" role="alert">
          {refusal.message}
        </p>
      )}
      <button type="button" className="btn ghost full" aria-disabled={busy} onClick={onBack}>
        {say('back')}
      </button>
    </section>
  );
}

function MoreTimes({
  slots,
  after,
  onAfter,
}: {
  slots: CallbackProposal['slots'];
  after: number | null;
  onAfter: (after: number | null) => void;
}) {
  const { say } = useWidget();
  const last = slots.at(-1);
  if (last === undefined && after === null) return null;
  return (
    <button type="button" className="more" onClick={() => onAfter(last ? last.startAt : null)}>
      {say(last ? 'moreTimes' : 'firstTimes')}
    </button>
  );
}

/** By one's own clock, and by the team's where that is another. */
function Clocks({ at, now, teamTimeZone }: { at: number; now: number; teamTimeZone: string | null }) {
  const { say, format, config } = useWidget();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <span>
        <b>{format.slot(at, now)}</b>
        <small>{say('yourTime', { city: zoneCity(own) })}</small>
      </span>
      {teamTimeZone !== null && teamTimeZone !== own && (
        <span className="o">
          <b>{otherClock(at, teamTimeZone, config?.locale ?? 'en')}</b>
          <small>{zoneCity(teamTimeZone)}</small>
        </span>
      )}
    </>
  );
}

function CallForm({
  children,
  needsNumber,
  needsAddress,
  usable,
  submit,
  onSubmit,
}: {
  children: React.ReactNode;
  needsNumber: boolean;
  needsAddress: boolean;
  usable: boolean;
  submit: string;
  onSubmit: (contact: { phone: string | null; email: string | null }) => void;
}) {
  const { say } = useWidget();
  const busy = useVisitor((state) => state.busy !== null);
  const known = useVisitor((state) => state.session?.email ?? '');
  const [fault, setFault] = useState<'phone' | 'email' | null>(null);
  const form = useFocusWhenAsked<HTMLFormElement>();
  return (
    <form
      ref={form}
      tabIndex={-1}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const field = (name: string) => {
          const input = event.currentTarget.elements.namedItem(name);
          return input instanceof HTMLInputElement ? input : null;
        };
        const [phone, email] = [field('phone'), field('email')];
        const faulty = needsNumber && !/\d.*\d.*\d.*\d.*\d/.test(phone?.value ?? '') ? 'phone' : null;
        const wrong = faulty ?? (needsAddress && !(email?.value && email.checkValidity()) ? 'email' : null);
        setFault(wrong);
        if (wrong !== null) return field(wrong)?.focus();
        if (usable && !busy) onSubmit({ phone: phone?.value || null, email: email?.value || null });
      }}
    >
      {children}
      {needsNumber && (
        <Field name="phone" type="tel" label={say('callNumber')} example={say('numberExample')} value="">
          {fault === 'phone' && say('numberUnusable')}
        </Field>
      )}
      {needsAddress && (
        <Field
          name="email"
          type="email"
          label={say('inviteTo')}
          example={say('emailExample')}
          value={known}
          why={say('inviteWhy')}
        >
          {fault === 'email' && say('emailUnusable')}
        </Field>
      )}
      <button type="submit" className="btn pri full" aria-disabled={busy || !usable}>
        {submit}
      </button>
    </form>
  );
}

function Field({
  name,
  type,
  label,
  example,
  value,
  why,
  children: fault,
}: {
  name: 'phone' | 'email';
  type: string;
  label: string;
  example: string;
  value: string;
  why?: string;
  children: string | false;
}) {
  return (
    <div className="email">
      <label htmlFor={`call-${name}`}>{label}</label>
      <span className="inp">
        <Icon name={name === 'phone' ? 'phone' : 'mail'} size="s" />
        <input
          id={`call-${name}`}
          name={name}
          type={type}
          autoComplete={name === 'phone' ? 'tel' : 'email'}
          placeholder={example}
          defaultValue={value}
          maxLength={name === 'phone' ? 40 : 254}
          aria-invalid={fault !== false}
          dir="ltr"
        />
      </span>
      {fault !== false && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {why !== undefined && <p className="fine">{why}</p>}
    </div>
  );
}

/** The times as they stand now; asked for again when what is asked differs, or somebody was faster. */
function useProposal(channel: CallbackChannel | null, after: number | null) {
  const { visitor } = useWidget();
  const [held, setHeld] = useState<{ proposal: CallbackProposal | null; fault: string | null }>({
    proposal: null,
    fault: null,
  });
  const [turn, setTurn] = useState(0);
  const [again] = useState(() => () => setTurn((before) => before + 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn asks the same again
  useEffect(() => {
    let current = true;
    void visitor.callbackSlots(channel, after).then((answer) => {
      if (!current) return;
      setHeld(
        answer.ok
          ? { proposal: answer.data, fault: null }
          : (before) => ({ ...before, fault: answer.error.message }),
      );
    });
    return () => {
      current = false;
    };
  }, [visitor, channel, after, turn]);
  return { ...held, again };
}
