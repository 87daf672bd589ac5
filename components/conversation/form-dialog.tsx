'use client';

import { useEffect, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { useDeskClient } from '@/lib/client/hooks/use-desk';
import type { Refusal } from '@/lib/domain/errors';
import { FORM_LINK_MINUTES } from '@/lib/domain/form-template';
import type { FormView } from '@/lib/protocol';

interface Props {
  customerName: string;
  onClose: () => void;
  onSend: (templateId: string) => Promise<Refusal | null>;
}

/** Which form the customer gets. What the chat gathered is filled in by itself. */
export function FormDialog({ customerName, onClose, onSend }: Props) {
  const { forms, fault } = useForms();
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async () => {
    if (chosen === null) return;
    setBusy(true);
    const refused = await onSend(chosen);
    if (refused === null) return onClose();
    setBusy(false);
    setRefusal(refused);
  };
  return (
    <Dialog title="Send a form" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <div className="choice-list" aria-busy={forms === null}>
          <fieldset>
            <legend>Forms</legend>
            {forms?.map((form) => (
              <label key={form.id} className="choice">
                <input
                  type="radio"
                  name="form"
                  value={form.id}
                  onChange={() => {
                    setChosen(form.id);
                    setRefusal(null);
                  }}
                />
                <span className="grow clip">{form.name}</span>
                <span className="t3">{form.fields === 1 ? '1 field' : `${form.fields} fields`}</span>
              </label>
            ))}
            {forms?.length === 0 && <p className="t3">No form is in use. An admin makes one in Settings.</p>}
          </fieldset>
        </div>
        <div className="dialog-refusal" role="alert">
          {(refusal ?? fault)?.message}
        </div>
        <div className="dialog-foot">
          <span className="grow t3">
            {customerName.split(' ')[0]} gets a link that works once, for {FORM_LINK_MINUTES} minutes.
          </span>
          <button type="button" className="btn btn-32" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="btn btn-primary btn-32" disabled={chosen === null || busy}>
            Send
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function useForms(): { forms: FormView[] | null; fault: Refusal | null } {
  const client = useDeskClient();
  const [read, setRead] = useState<{ forms: FormView[] | null; fault: Refusal | null }>({
    forms: null,
    fault: null,
  });
  useEffect(() => {
    let gone = false;
    void client.request('form:list', {}).then((answer) => {
      if (gone) return;
      setRead(answer.ok ? { forms: answer.data.forms, fault: null } : { forms: null, fault: answer.error });
    });
    return () => {
      gone = true;
    };
  }, [client]);
  return read;
}
