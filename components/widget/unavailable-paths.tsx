import type { VisitorHandoff } from '@/lib/protocol';
import { Icon } from './icon';
import { useVisitor, useWidget } from './use-widget';

/** What could be chosen at another time, with the reason and when. */
export function UnavailablePaths({ handoff }: { handoff: VisitorHandoff }) {
  const { say, format } = useWidget();
  const now = Date.now() + useVisitor((state) => state.clockOffsetMs);
  return (
    <>
      {handoff.unavailable.map(({ path, why, at }) => (
        <div key={path} className="path plain off">
          <span className="g">
            <Icon name={path === 'live' ? 'chat' : 'phone'} />
          </span>
          <div>
            <h3>{say(path === 'live' ? 'chatWithPerson' : 'callBack')}</h3>
            <p>
              {say(why === 'closed' ? 'closedNow' : 'noTimes')}
              {at !== null && at > now && ` · ${say('againAt', { when: format.ahead(at, now) })}`}
            </p>
          </div>
        </div>
      ))}
    </>
  );
}
