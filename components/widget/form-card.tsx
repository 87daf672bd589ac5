import { useEffect, useState } from 'react';
import type { VisitorForm, VisitorHandoff } from '@/lib/protocol';
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

/** A form that was sent: the link while it works. */
export function FormCard({ form }: { form: VisitorForm }) {
  const { say, format } = useWidget();
  const closed = useClosed(form.expiresAt);
  return (
    <section className="card details" aria-label={form.name}>
      <h2 dir="auto">{form.name}</h2>
      <p className="sub">{say(closed ? 'formClosed' : 'formOpen', { time: format.time(form.expiresAt) })}</p>
      {!closed && (
        <a className="btn pri full" href={form.url} target="_blank" rel="noopener">
          {say('formFill')}
        </a>
      )}
    </section>
  );
}

/** Whether the link has run out by the server's clock; turns by itself. */
function useClosed(expiresAt: number): boolean {
  const left = expiresAt - Date.now() - useVisitor((state) => state.clockOffsetMs);
  const [, look] = useState(0);
  useEffect(() => {
    const timer = setTimeout(look, left, 1);
    return () => clearTimeout(timer);
  }, [left]);
  return left <= 0;
}
