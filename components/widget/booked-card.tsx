import { zoneCity } from '@/lib/domain/zone-city';
import type { VisitorCallback, VisitorCallbackChange } from '@/lib/protocol';
import { Icon } from './icon';
import { otherClock } from './other-clock';
import { useVisitor, useWidget } from './use-widget';

/** What was agreed: when, by both clocks, who calls, and where it can be moved. */
export function BookedCard({
  change,
  callback,
}: {
  change: VisitorCallbackChange;
  callback: VisitorCallback;
}) {
  const { say, format, config } = useWidget();
  const email = useVisitor((state) => state.session?.email ?? null);
  const now = Date.now() + useVisitor((state) => state.clockOffsetMs);
  const { slot, agentName, timeZone, teamTimeZone, url } = callback;
  const title =
    slot === null
      ? say('callAwaited', { when: format.ahead(callback.lateAt, now) })
      : say(change === 'moved' ? 'callMoved' : 'callBooked');
  return (
    <section className="card booked wash" aria-labelledby={`call-${callback.id}`}>
      <h2 id={`call-${callback.id}`}>
        <Icon name="check" size="s" />
        {title}
      </h2>
      {slot !== null && (
        <p className="when">
          <b>{format.slot(slot.startAt, now)}</b>
          <small>
            {say('yourTime', { city: zoneCity(timeZone) })}
            {teamTimeZone !== timeZone &&
              ` · ${otherClock(slot.startAt, teamTimeZone, config?.locale ?? 'en')} ${zoneCity(teamTimeZone)}`}
          </small>
        </p>
      )}
      <p className="sub">
        {agentName === null ? say('callWithTeam') : say('callWith', { agent: agentName.split(' ')[0] ?? '' })}
      </p>
      {slot !== null && email !== null && <p className="fine">{say('inviteSent', { email })}</p>}
      <a className="btn full" href={url} target="_blank" rel="noopener">
        {say('manageCall')}
      </a>
    </section>
  );
}
