'use client';

import { useState } from 'react';
import type { FormTerms } from '@/lib/domain/form-template';
import { postSetting } from './call';
import { Labelled } from './labelled';

interface Props {
  templateId: string;
  target: FormTerms['target'];
  /** It is hosted elsewhere as it is saved: there is somebody to sign. */
  isSaved: boolean;
  fault: string | undefined;
  mayChange: boolean;
  onChange: (target: FormTerms['target']) => void;
}

/** Our own page, or one that is hosted elsewhere; for that one the secret it signs with. */
export function FormTarget({ templateId, target, isSaved, fault, mayChange, onChange }: Props) {
  const isElsewhere = target.kind === 'external';
  return (
    <section className="set-sec know-form" aria-labelledby="hosted">
      <header>
        <h2 id="hosted">Where it is</h2>
      </header>
      <fieldset className="seg picker" disabled={!mayChange} aria-labelledby="hosted">
        {[false, true].map((elsewhere) => (
          <label key={String(elsewhere)}>
            <input
              type="radio"
              name="target"
              className="sr"
              checked={elsewhere === isElsewhere}
              onChange={() => onChange(elsewhere ? { kind: 'external', url: '' } : { kind: 'page' })}
            />
            {elsewhere ? 'Elsewhere' : 'Our page'}
          </label>
        ))}
      </fieldset>
      {target.kind === 'external' && (
        <>
          <Labelled
            name="Address"
            hint="Customers are sent there with the link and what the chat gathered, signed. It reports back, signed."
            fault={fault}
          >
            <input
              className="input"
              type="url"
              value={target.url}
              maxLength={1000}
              readOnly={!mayChange}
              placeholder="https://forms.example/return"
              onChange={(event) => onChange({ kind: 'external', url: event.target.value })}
            />
          </Labelled>
          {mayChange && isSaved && <Secret templateId={templateId} />}
        </>
      )}
    </section>
  );
}

function Secret({ templateId }: { templateId: string }) {
  const [shown, setShown] = useState<{ secret: string; reportTo: string } | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const show = async () => {
    const answer = await postSetting<{ secret: string; reportTo: string }>(
      '/api/settings/forms/secret',
      JSON.stringify({ templateId }),
    );
    setFault(answer.error?.message ?? null);
    if (answer.data) setShown(answer.data);
  };
  if (shown === null) {
    return (
      <div>
        <button type="button" className="btn btn-32" onClick={() => void show()}>
          Show the secret
        </button>
        {fault !== null && <p className="form-fault">{fault}</p>}
      </div>
    );
  }
  return (
    <>
      <Labelled
        name="Secret"
        hint="Both sides sign with it. That you saw it is in the log."
        fault={undefined}
      >
        <input className="input" readOnly value={shown.secret} onFocus={(event) => event.target.select()} />
      </Labelled>
      <Labelled name="Reports go to" fault={undefined}>
        <input className="input" readOnly value={shown.reportTo} onFocus={(event) => event.target.select()} />
      </Labelled>
    </>
  );
}
