import type { VisitorHandoff } from '@/lib/protocol';
import type { Format } from './format';
import { Icon } from './icon';
import { LaterCard } from './later-card';
import { Pass } from './pass';
import type { Say } from './texts';
import { useVisitor, useWidget } from './use-widget';

export function QueueCard({ handoff }: { handoff: VisitorHandoff }) {
  const { say, botName, format, visitor } = useWidget();
  const position = useVisitor((state) => state.position);
  const busy = useVisitor((state) => state.busy !== null);
  const email = useVisitor((state) => state.session?.email ?? null);
  const ahead = position === null ? 0 : position.position - 1;
  const wait = position?.wait ? format.wait(position.wait) : null;
  return (
    <section className="card queue wash" aria-labelledby="queue-title">
      <Pass label={say('passing', { bot: botName })} ahead={ahead} agent={null} />
      <h2 id="queue-title">{titleOf(handoff, say, format)}</h2>
      <p className="sub">{handoff.followUp ? answerText(say, botName, email) : say('browseOn')}</p>
      {/* The log around it would read out each change; the announcer does, in a whole sentence. */}
      <div className="facts" aria-live="off">
        {position !== null && (
          <div>
            <b>{format.place(position)}</b>
            <span>
              {say('place', { ahead: ahead === 0 ? say('nobodyAhead') : say('ahead', { count: ahead }) })}
            </span>
          </div>
        )}
        {wait !== null && (
          <div>
            <b aria-hidden="true">
              {wait.range} <small>{wait.unit}</small>
            </b>
            <span className="vh">{wait.words}</span>
            <span>{say('likelyWait')}</span>
          </div>
        )}
        {wait === null && handoff.queuedAt !== null && (
          <div>
            <b>{format.time(handoff.queuedAt)}</b>
            <span>{say('since')}</span>
          </div>
        )}
      </div>
      <div className="known">
        <b>
          <Icon name="check" size="s" />
          {say('nothingRepeated')}
        </b>
        <p>{say('nothingRepeatedWhy')}</p>
      </div>
      {handoff.instead[0] && <LaterCard card="Instead" handoff={handoff} />}
      <button type="button" className="btn ghost full" aria-disabled={busy} onClick={visitor.leaveQueue}>
        {say('leaveLine')}
      </button>
    </section>
  );
}

function answerText(say: Say, bot: string, email: string | null): string {
  return email === null ? say('answerGoes', { bot }) : say('answerGoesTo', { bot, email });
}

/** A team that is closed connects nobody before it is back. */
function titleOf({ teamName: team, opensAt, followUp }: VisitorHandoff, say: Say, format: Format): string {
  const now = Date.now();
  if (opensAt === null || opensAt <= now) {
    if (followUp) return team === null ? say('inLineWithPerson') : say('inLineWith', { team });
    return team === null ? say('connectingToPerson') : say('connectingTo', { team });
  }
  const when = format.ahead(opensAt, now);
  return team === null ? say('backAtPerson', { when }) : say('backAt', { team, when });
}
