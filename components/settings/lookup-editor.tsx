'use client';

import { ChevronLeft } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import type { Lookup } from '@/lib/domain/lookup';
import { type Answer, readSetting } from './call';
import { Labelled } from './labelled';
import { changesIn, draftOf, type LookupDraft, termsOf } from './lookup-draft';
import { ArgumentList, HeaderList, ValueList } from './lookup-parts';
import { SettingsFoot } from './settings-foot';
import { TryLookup } from './try-lookup';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/lookups';

/** When something is looked up elsewhere, how it is asked for, and what the bot says of the answer. */
export function LookupEditor({ lookup, mayChange }: { lookup: Lookup; mayChange: boolean }) {
  const router = useRouter();
  const setting = useSetting(lookup, ENDPOINT, () => readLookup(lookup.id));
  const { saved, refusal, note, busy } = setting;
  const [draft, setDraft] = useState(() => draftOf(saved));
  const changes = changesIn(draft, saved);
  const faultOf = (path: string) => refusal?.fields?.[`terms.${path}`];

  useEffect(() => {
    if (changes === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changes]);

  function change(part: Partial<LookupDraft>) {
    setting.forgetRefusal();
    setDraft((held) => ({ ...held, ...part }));
  }
  async function save() {
    if (busy || changes === 0 || !mayChange) return;
    const isNew = saved.version === 0;
    const after = await setting.save({ lookupId: lookup.id, terms: termsOf(draft) });
    if (after === null) return;
    setDraft(draftOf(after));
    if (isNew) router.replace(`/settings/tools/${lookup.id}`);
  }
  useShortcuts([
    { keys: 'Mod+s', run: () => void save(), whileTyping: true },
    { keys: 'Mod+Enter', run: () => void save(), whileTyping: true },
  ]);

  return (
    <div className="know form-edit lookup-edit">
      <div className="pane">
        <div className="scroll" tabIndex={-1}>
          <div className="set-body">
            <header className="know-head">
              <div className="grow">
                <Link className="know-back" href="/settings/tools">
                  <ChevronLeft className="i" aria-hidden="true" />
                  Tools
                </Link>
                <h1 className="title" dir="auto">
                  {saved.name === '' ? 'New look-up' : saved.name}
                </h1>
              </div>
              <label className="check-label">
                <input
                  type="checkbox"
                  checked={draft.active}
                  disabled={!mayChange}
                  onChange={(event) => change({ active: event.target.checked })}
                />
                In use
              </label>
            </header>
            <section className="set-sec know-form" aria-label="Look-up">
              <Labelled
                name="Name"
                hint="Stands as the source below what the bot says."
                fault={faultOf('name')}
              >
                <input
                  className="input"
                  dir="auto"
                  value={draft.name}
                  maxLength={80}
                  readOnly={!mayChange}
                  placeholder="Order status"
                  onChange={(event) => change({ name: event.target.value })}
                />
              </Labelled>
              <Labelled
                name="Phrases"
                hint="It is used where the customer writes one of these. One on each line; none: wherever all arguments are given."
                fault={faultOf('phrases')}
              >
                <textarea
                  className="input area"
                  dir="auto"
                  rows={Math.max(2, draft.phrases.length + 1)}
                  value={draft.phrases.join('\n')}
                  readOnly={!mayChange}
                  placeholder="where is my order"
                  onChange={(event) => change({ phrases: event.target.value.split('\n') })}
                />
              </Labelled>
            </section>
            <section className="set-sec" aria-labelledby="arguments">
              <header>
                <h2 id="arguments">Arguments</h2>
                <span className="sub">What has to be known first</span>
              </header>
              <ArgumentList
                list={draft.arguments}
                faultOf={faultOf}
                mayChange={mayChange}
                onChange={(list) => change({ arguments: list })}
              />
            </section>
            <section className="set-sec know-form" aria-labelledby="call">
              <header>
                <h2 id="call">Call</h2>
                <span className="sub">No redirect is followed</span>
              </header>
              <div className="lookup-call">
                <Labelled name="Method" fault={undefined}>
                  <select
                    className="input"
                    value={draft.method}
                    disabled={!mayChange}
                    onChange={(event) => change({ method: event.target.value === 'POST' ? 'POST' : 'GET' })}
                  >
                    <option>GET</option>
                    <option>POST</option>
                  </select>
                </Labelled>
                <Labelled name="Address" fault={faultOf('url')}>
                  <input
                    className="input"
                    value={draft.url}
                    maxLength={1000}
                    readOnly={!mayChange}
                    placeholder="https://shop.example/orders/{order}"
                    onChange={(event) => change({ url: event.target.value })}
                  />
                </Labelled>
                <Labelled name="Seconds" fault={faultOf('timeoutMs')}>
                  <input
                    className="input"
                    inputMode="decimal"
                    value={draft.seconds}
                    readOnly={!mayChange}
                    onChange={(event) => change({ seconds: event.target.value })}
                  />
                </Labelled>
              </div>
              <HeaderList
                list={draft.headers}
                faultOf={faultOf}
                mayChange={mayChange}
                onChange={(list) => change({ headers: list })}
              />
            </section>
            <section className="set-sec" aria-labelledby="values">
              <header>
                <h2 id="values">Values</h2>
                <span className="sub">What the answer, JSON, must have</span>
              </header>
              <ValueList
                list={draft.values}
                faultOf={faultOf}
                mayChange={mayChange}
                onChange={(list) => change({ values: list })}
              />
            </section>
            <section className="set-sec know-form" aria-labelledby="said">
              <header>
                <h2 id="said">What the bot says</h2>
              </header>
              <Labelled
                name="Answer"
                hint="With arguments and values in braces: {order}, {shipment.status}."
                fault={faultOf('answer')}
              >
                <textarea
                  className="input area"
                  dir="auto"
                  rows={3}
                  value={draft.answer}
                  maxLength={1000}
                  readOnly={!mayChange}
                  onChange={(event) => change({ answer: event.target.value })}
                />
              </Labelled>
              <Labelled
                name="Where there is none"
                hint="Said to a 404. Empty: the bot goes on as if nothing had been looked up, as it does when a call fails."
                fault={faultOf('notFound')}
              >
                <input
                  className="input"
                  dir="auto"
                  value={draft.notFound}
                  maxLength={500}
                  readOnly={!mayChange}
                  onChange={(event) => change({ notFound: event.target.value })}
                />
              </Labelled>
            </section>
          </div>
        </div>
        {mayChange && (
          <SettingsFoot
            changes={changes}
            refusal={refusal}
            note={note}
            saveLabel="Save look-up"
            busy={busy}
            onUndo={() => {
              setting.forgetRefusal();
              setDraft(draftOf(saved));
            }}
            onSave={() => void save()}
          />
        )}
      </div>
      {mayChange && (
        <aside className="know-aside" aria-label="Try it">
          <TryLookup lookupId={lookup.id} terms={termsOf(draft)} />
        </aside>
      )}
    </div>
  );
}

async function readLookup(id: string): Promise<Answer<Lookup>> {
  const all = await readSetting<Lookup[]>(ENDPOINT);
  if (all.error) return all;
  const own = all.data.find((each) => each.id === id);
  return own
    ? { data: own }
    : { error: { code: 'not_found', message: 'This look-up is there no more. Load the page again.' } };
}
