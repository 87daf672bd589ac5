import type { VisitorHandoff } from '@/lib/protocol';
import { Icon } from './icon';
import { useVisitor, useWidget } from './use-widget';

/** To be called: when that would next be. Nothing where the team makes no calls. */
export function CallPath({ handoff, onChoose }: { handoff: VisitorHandoff; onChoose: () => void }) {
  const { say, format } = useWidget();
  const busy = useVisitor((state) => state.busy !== null);
  const now = Date.now() + useVisitor((state) => state.clockOffsetMs);
  const { callback } = handoff;
  if (callback === null) return null;
  const facts =
    callback.kind === 'slots'
      ? say('nextCall', { when: format.slot(callback.nextAt, now) })
      : say('callWithin', { span: format.span(callback.withinMs) });
  return (
    <div className="path plain">
      <span className="g">
        <Icon name="phone" />
      </span>
      <div>
        <h3>{say('callBack')}</h3>
        <p>{facts}</p>
      </div>
      <button type="button" className="btn" aria-disabled={busy} onClick={onChoose}>
        {say('chooseTime')}
      </button>
    </div>
  );
}
