import { useState } from 'react';
import type { VisitorHandoff } from '@/lib/protocol';
import { EmailForm } from './follow-up-card';
import { Icon } from './icon';
import { useWidget } from './use-widget';

/** Nobody is at the desk just now: who would rather not wait here leaves an address. */
export function LeaveAddress({ handoff }: { handoff: VisitorHandoff }) {
  const { say, panel } = useWidget();
  const [open, setOpen] = useState(false);
  return (
    <div className="path plain">
      <span className="g">
        <Icon name="mail" />
      </span>
      <div>
        <h3>{say('answerByEmail')}</h3>
        <p>{say('nobodyThere')}</p>
      </div>
      {open ? (
        <EmailForm handoff={handoff} submit={say('putInLine')} />
      ) : (
        <button
          type="button"
          className="btn"
          aria-expanded={false}
          onClick={() => {
            setOpen(true);
            panel.setState({ focusOffer: true });
          }}
        >
          {say('leaveAddress')}
        </button>
      )}
    </div>
  );
}
