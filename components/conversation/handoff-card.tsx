import { MOOD_WORDS, PATH_WORDS, REASON_WORDS } from '@/components/ui/words';
import { spanText } from '@/lib/domain/durations';
import type { Path } from '@/lib/domain/handoff';
import type { HandoffView } from '@/lib/protocol';
import { timeText } from './time-text';

const TITLES: Readonly<Record<Path, string>> = {
  live: 'Handed to a person',
  form: 'Filled in a form',
  follow_up: 'Left for an answer by e-mail',
  callback: 'Asked to be called',
  takeover: 'Taken over from the bot',
};

/** The point of transfer: what the agent needs to know before the first word, as it stood then. */
export function HandoffCard({ handoff, at }: { handoff: HandoffView; at: number }) {
  const { context } = handoff;
  const waited = handoff.claimedAt && handoff.queuedAt ? handoff.claimedAt - handoff.queuedAt : null;
  return (
    <article className="handoff" aria-label="Handoff">
      <div className="handoff-head">
        <h3>{TITLES[handoff.path ?? 'live']}</h3>
        <span className="t3 n">{timeText(at)}</span>
        <span className="grow" />
        <span className="t2">{REASON_WORDS[handoff.reason]}</span>
      </div>
      {context && (
        <p className="handoff-sum" dir="auto">
          {context.summary} {context.recovery && <b className="t1">{context.recovery}</b>}
        </p>
      )}
      <dl className="facts">
        <div>
          <dt>{waited === null ? 'In line since' : 'Waited'}</dt>
          <dd className="n">
            {waited === null
              ? handoff.queuedAt
                ? timeText(handoff.queuedAt)
                : 'not in line'
              : spanText(waited)}
          </dd>
        </div>
        <div>
          <dt>Mood</dt>
          <dd>{context ? MOOD_WORDS[context.mood] : 'Unknown'}</dd>
        </div>
        <div>
          <dt>Bot tried</dt>
          <dd className="clip" title={context?.tried.join(', ')}>
            {context && context.tried.length > 0 ? context.tried.join(', ') : 'Nothing'}
          </dd>
        </div>
        <div>
          <dt>Chose</dt>
          <dd>{handoff.path ? PATH_WORDS[handoff.path] : 'Nothing yet'}</dd>
        </div>
      </dl>
      {context && context.actions.length > 0 && (
        <ol className="steps">
          {context.actions.map((action, index) => (
            <li key={action} className="step">
              <span className="num n">{index + 1}</span>
              <span dir="auto">{action}</span>
            </li>
          ))}
        </ol>
      )}
    </article>
  );
}
