import { type FormEvent, useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import type { LookupFault } from '@/lib/domain/lookup';
import { postSetting } from './call';
import { Labelled } from './labelled';
import type { termsOf } from './lookup-draft';

type Tried =
  | { kind: 'answered' | 'not_found'; text: string; status: number }
  | { kind: 'failed'; fault: LookupFault; status: number | null };

const FAULTS: Readonly<Record<LookupFault, string>> = {
  blocked: 'The address is in a network of this server, or without TLS. An operator can allow the host.',
  timeout: 'It took too long.',
  too_large: 'The answer is larger than 64 KB.',
  unreached: 'It could not be reached.',
  status: 'It answered with another status than success.',
  malformed: 'The answer is no JSON, lacks a value, or has one of another kind.',
};

/** The look-up as it stands in the editor, asked for real. */
export function TryLookup({ lookupId, terms }: { lookupId: string; terms: ReturnType<typeof termsOf> }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const [tried, setTried] = useState<Tried | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const given = Object.fromEntries(terms.arguments.map(({ id }) => [id, values[id] ?? '']));
    const body = JSON.stringify({ lookupId, terms, values: given });
    const answer = await postSetting<Tried>('/api/settings/lookups/try', body);
    setRefusal(answer.error ?? null);
    setTried(answer.data ?? null);
    setBusy(false);
  }

  return (
    <section className="try know-form" aria-labelledby="try-lookup">
      <h2 id="try-lookup">Try it</h2>
      <form className="lookup-try" onSubmit={ask}>
        {terms.arguments.map(({ id, label }) => (
          <Labelled key={id} name={label || id} fault={refusal?.fields?.[`values.${id}`]}>
            <input
              className="input"
              value={values[id] ?? ''}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setValues((held) => ({ ...held, [id]: event.target.value }))}
            />
          </Labelled>
        ))}
        <button type="submit" className="btn btn-32" disabled={busy}>
          {busy ? 'Asking' : 'Look it up'}
        </button>
      </form>
      <div role="status">
        {refusal !== null && <p className="form-fault">{faultText(refusal)}</p>}
        {tried !== null && <TriedResult tried={tried} />}
      </div>
      {tried === null && refusal === null && (
        <p className="t3">Asked for real, as it stands here. What comes back is not kept.</p>
      )}
    </section>
  );
}

function faultText({ fields, message }: Refusal): string {
  const [first] = Object.values(fields ?? {});
  return first ?? message;
}

function TriedResult({ tried }: { tried: Tried }) {
  if (tried.kind === 'failed') {
    return (
      <>
        <p className="form-fault">
          {FAULTS[tried.fault]} {tried.status !== null && `Status ${tried.status}.`}
        </p>
        <p className="t3">The bot would go on as if nothing had been looked up.</p>
      </>
    );
  }
  return (
    <>
      <p className="try-told">Status {tried.status}. The bot would say:</p>
      <p className="try-said">
        {tried.text || 'Nothing of it: it would go on as if nothing had been looked up.'}
      </p>
    </>
  );
}
