import type { VisitorHandoff } from '@/lib/protocol';
import { Icon } from './icon';
import { useVisitor, useWidget } from './use-widget';

/** The forms that stand in an offer, each one press away. */
export function FormPaths({ handoff }: { handoff: VisitorHandoff }) {
  const { say, visitor } = useWidget();
  const busy = useVisitor((state) => state.busy !== null);
  return handoff.forms.map(({ templateId, name, minutes }) => (
    <button
      key={templateId}
      type="button"
      className="path plain pick"
      aria-disabled={busy}
      onClick={() => visitor.chooseForm(templateId, document.referrer || location.href)}
    >
      <span className="g">
        <Icon name="form" />
      </span>
      <span>
        <b>{name}</b>
        <br />
        <span className="sub">{say('formAbout', { count: minutes })}</span>
      </span>
      <Icon name="next" size="s" flip />
    </button>
  ));
}
