'use client';

import { ChevronLeft, Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useShortcuts } from '@/lib/client/hooks/use-shortcuts';
import {
  type FormField,
  type FormTemplate,
  type FormTerms,
  fieldId,
  MAX_FIELDS,
  minutesToFill,
} from '@/lib/domain/form-template';
import { type Answer, readSetting } from './call';
import { FormFieldEditor } from './form-field-editor';
import { FormOffer } from './form-offer';
import { FormTarget } from './form-target';
import { Labelled } from './labelled';
import { SettingsFoot } from './settings-foot';
import { usePreview } from './use-preview';
import { useSetting } from './use-setting';

const ENDPOINT = '/api/settings/forms';

/** A field while it is written: known by its key, named only once it has a label. */
type DraftField = FormField & { key: string };

type Draft = Omit<FormTerms, 'fields'> & { fields: DraftField[] };

/** What a form asks for, who reads it and when it is offered; beside it the page that a customer would see. */
export function FormEditor({
  form,
  teams,
  mayChange,
}: {
  form: FormTemplate;
  teams: readonly { id: string; name: string }[];
  mayChange: boolean;
}) {
  const router = useRouter();
  const setting = useSetting(form, ENDPOINT, () => readForm(form.id));
  const { saved, refusal, note, busy } = setting;
  const [draft, setDraft] = useState(() => draftOf(saved));
  const terms = termsOf(draft);
  const changes = changesIn(terms, termsOf(draftOf(saved)));
  const preview = usePreview<{ html: string }>(`${ENDPOINT}/preview`, terms);
  const faults = { ...preview?.error?.fields, ...withoutTerms(refusal?.fields) };
  const shown = useLast(preview?.data?.html);

  useEffect(() => {
    if (changes === 0) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [changes]);

  function change(part: Partial<Draft>) {
    setting.forgetRefusal();
    setDraft((held) => ({ ...held, ...part }));
  }
  async function save() {
    if (busy || changes === 0 || !mayChange) return;
    const isNew = saved.version === 0;
    const after = await setting.save({ templateId: form.id, terms });
    if (after === null) return;
    setDraft(draftOf(after));
    if (isNew) router.replace(`/settings/forms/${form.id}`);
  }
  function move(index: number, to: number) {
    const field = draft.fields[index];
    if (field) change({ fields: draft.fields.toSpliced(index, 1).toSpliced(to, 0, field) });
  }
  useShortcuts([
    { keys: 'Mod+s', run: () => void save(), whileTyping: true },
    { keys: 'Mod+Enter', run: () => void save(), whileTyping: true },
  ]);

  return (
    <div className="know form-edit">
      <div className="pane">
        <div className="scroll" tabIndex={-1}>
          <div className="set-body">
            <header className="know-head">
              <div className="grow">
                <Link className="know-back" href="/settings/forms">
                  <ChevronLeft className="i" aria-hidden="true" />
                  Forms
                </Link>
                <h1 className="title" dir="auto">
                  {saved.name === '' ? 'New form' : saved.name}
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
            <section className="set-sec know-form" aria-label="Form">
              <Labelled name="Name" fault={faults.name}>
                <input
                  className="input"
                  dir="auto"
                  value={draft.name}
                  maxLength={80}
                  readOnly={!mayChange}
                  onChange={(event) => change({ name: event.target.value })}
                />
              </Labelled>
              <Labelled name="Introduction" hint="Stands below the name. May be empty." fault={faults.intro}>
                <textarea
                  className="input area"
                  dir="auto"
                  rows={2}
                  value={draft.intro}
                  maxLength={500}
                  readOnly={!mayChange}
                  onChange={(event) => change({ intro: event.target.value })}
                />
              </Labelled>
            </section>
            <section className="set-sec" aria-labelledby="fields">
              <header>
                <h2 id="fields">Fields</h2>
                <span className="sub">
                  {draft.fields.length > 0 && `About ${minutesToFill(terms.fields)} min to fill in`}
                </span>
              </header>
              {faults.fields && <p className="form-fault">{faults.fields}</p>}
              <ol className="form-fields">
                {draft.fields.map((field, index) => (
                  <FormFieldEditor
                    key={field.key}
                    field={field}
                    reportedAs={draft.target.kind === 'external' ? (terms.fields[index]?.id ?? null) : null}
                    faultOf={(name) => faults[`fields.${index}.${name}`]}
                    mayChange={mayChange}
                    onChange={(next) =>
                      change({ fields: draft.fields.with(index, { ...next, key: field.key }) })
                    }
                    onUp={index === 0 ? null : () => move(index, index - 1)}
                    onDown={index === draft.fields.length - 1 ? null : () => move(index, index + 1)}
                    onRemove={() => change({ fields: draft.fields.toSpliced(index, 1) })}
                  />
                ))}
              </ol>
              {mayChange && draft.fields.length < MAX_FIELDS && (
                <button
                  type="button"
                  className="btn btn-ghost"
                  onClick={() => change({ fields: [...draft.fields, NEW_FIELD(newKey())] })}
                >
                  <Plus className="i i-14" aria-hidden="true" />
                  Add a field
                </button>
              )}
            </section>
            <FormTarget
              templateId={form.id}
              target={draft.target}
              isSaved={saved.version > 0 && saved.target.kind === 'external'}
              fault={faults['target.url']}
              mayChange={mayChange}
              onChange={(target) => change({ target })}
            />
            <FormOffer
              teamId={draft.teamId}
              offer={draft.offer}
              teams={teams}
              faults={faults}
              mayChange={mayChange}
              onChange={change}
            />
          </div>
        </div>
        {mayChange && (
          <SettingsFoot
            changes={changes}
            refusal={refusal}
            note={note}
            saveLabel="Save form"
            busy={busy}
            onUndo={() => {
              setting.forgetRefusal();
              setDraft(draftOf(saved));
            }}
            onSave={() => void save()}
          >
            Links that were sent already open the form as it was.
          </SettingsFoot>
        )}
      </div>
      <aside className="know-aside form-preview" aria-label="Preview">
        {shown === null || draft.target.kind === 'external' ? (
          <section>
            <p className="sub">
              {draft.target.kind === 'external'
                ? 'Customers fill it in where it is hosted. Its fields are what is reported.'
                : 'The page appears here once the form has a name and a field with a label.'}
            </p>
          </section>
        ) : (
          <iframe title="The form as a customer sees it" srcDoc={shown} sandbox="" />
        )}
      </aside>
    </div>
  );
}

const NEW_FIELD = (key: string): DraftField => ({
  key,
  id: '',
  label: '',
  help: '',
  required: true,
  sensitive: false,
  prefill: null,
  kind: 'text',
  lines: 'one',
  maxLength: 120,
  format: 'any',
});

function newKey(): string {
  return Math.random().toString(36).slice(2);
}

function draftOf({ id: _, version: __, fields, ...rest }: FormTemplate): Draft {
  return { ...rest, fields: fields.map((field) => ({ ...field, key: field.id })) };
}

/** As it would be saved: a new field is named after its label, and keeps that name from then on. */
function termsOf({ fields, ...rest }: Draft): FormTerms {
  const taken = fields.map(({ id }) => id).filter(Boolean);
  const named = fields.map(({ key: _, ...field }): FormField => {
    const kept = field.kind === 'choice' ? { ...field, options: lines(field.options) } : field;
    if (kept.id !== '') return kept;
    const id = fieldId(kept.label, taken);
    taken.push(id);
    return { ...kept, id };
  });
  const offer = rest.offer && { ...rest.offer, topics: lines(rest.offer.topics) };
  return { ...rest, offer, fields: named };
}

function lines(written: readonly string[]): string[] {
  return written.map((line) => line.trim()).filter(Boolean);
}

function changesIn(draft: FormTerms, saved: FormTerms): number {
  const keys = Object.keys(saved) as (keyof FormTerms)[];
  return keys.filter((key) => JSON.stringify(draft[key]) !== JSON.stringify(saved[key])).length;
}

/** The form stands within what is posted. */
function withoutTerms(fields: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([path, fault]) => [path.replace(/^terms\./, ''), fault]),
  );
}

/** What was known last stays while the next is asked for. */
function useLast(html: string | undefined): string | null {
  const [last, setLast] = useState<string | null>(null);
  if (html !== undefined && html !== last) setLast(html);
  return html ?? last;
}

async function readForm(id: string): Promise<Answer<FormTemplate>> {
  const all = await readSetting<FormTemplate[]>(ENDPOINT);
  if (all.error) return all;
  const own = all.data.find((each) => each.id === id);
  return own
    ? { data: own }
    : { error: { code: 'not_found', message: 'This form is there no more. Load the page again.' } };
}
