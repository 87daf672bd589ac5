import { useEffect, useState } from 'react';
import type { VisitorForm } from '@/lib/protocol';
import { useVisitor, useWidget } from './use-widget';

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
