import { useState } from 'react';
import type { VisitorHandoff } from '@/lib/protocol';
import { EmailForm } from './follow-up-card';
import { Icon } from './icon';
import { SlotCard } from './slot-card';
import { useWidget } from './use-widget';

const FOLLOW_UP_WITHIN_MS = 4 * 60 * 60_000;

/** Who waits need not: they are called, or written to. Nothing changes before the form is sent. */
export function Instead({ handoff }: { handoff: VisitorHandoff }) {
  const { say, format, panel, config } = useWidget();
  const [open, setOpen] = useState<'callback' | 'follow_up' | null>(null);
  const choose = (path: typeof open) => {
    setOpen(path);
    panel.setState({ focusOffer: path !== null });
  };
  if (open === 'callback') return <SlotCard handoff={handoff} onBack={() => choose(null)} />;
  if (open === 'follow_up') {
    return (
      <div className="instead">
        <p className="sub">{say('emailWithin', { span: format.span(FOLLOW_UP_WITHIN_MS) })}</p>
        <EmailForm handoff={handoff} submit={say('emailMe')} />
        <button type="button" className="btn ghost full" onClick={() => choose(null)}>
          {say('back')}
        </button>
      </div>
    );
  }
  return (
    <div className="instead ways">
      {handoff.instead.includes('callback') && config?.calls && (
        <button type="button" className="btn" onClick={() => choose('callback')}>
          <Icon name="phone" size="s" />
          {say('callInstead')}
        </button>
      )}
      <button type="button" className="btn" onClick={() => choose('follow_up')}>
        <Icon name="mail" size="s" />
        {say('emailInstead')}
      </button>
    </div>
  );
}
