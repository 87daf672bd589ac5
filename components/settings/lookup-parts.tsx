import { Plus, X } from 'lucide-react';
import { ARGUMENT_KINDS, type ArgumentKind, VALUE_KINDS, type ValueKind } from '@/lib/domain/lookup';
import { Labelled } from './labelled';
import type { DraftArgument, DraftHeader, DraftValue } from './lookup-draft';

interface Props<T> {
  list: readonly T[];
  faultOf: (path: string) => string | undefined;
  mayChange: boolean;
  onChange: (list: T[]) => void;
}

const ARGUMENT_NAMES: Readonly<Record<ArgumentKind, string>> = {
  pattern: 'A pattern in the words',
  email: 'An e-mail address',
  identity: 'Who they are signed in as',
};
const VALUE_NAMES: Readonly<Record<ValueKind, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
};

const newKey = () => Math.random().toString(36).slice(2);

/** What has to be known of the customer's words, and what the bot asks where it is not. */
export function ArgumentList({ list, faultOf, mayChange, onChange }: Props<DraftArgument>) {
  const change = (place: number, part: Partial<DraftArgument>) =>
    onChange(list.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <>
      <ol className="form-fields">
        {list.map((argument, place) => {
          const name = argument.label || 'New argument';
          const fault = (field: string) => faultOf(`arguments.${place}.${field}`);
          return (
            <li key={argument.key}>
              <fieldset disabled={!mayChange} aria-label={name}>
                <div className="form-field-top lookup-top">
                  <Labelled
                    name="Label"
                    fault={fault('label') ?? fault('id')}
                    {...(argument.id === '' ? {} : { hint: `{${argument.id}}` })}
                  >
                    <input
                      className="input"
                      value={argument.label}
                      maxLength={80}
                      onChange={(event) => change(place, { label: event.target.value })}
                    />
                  </Labelled>
                  <Labelled name="Taken from" fault={undefined}>
                    <select
                      className="input"
                      value={argument.kind}
                      onChange={(event) =>
                        change(place, {
                          kind: ARGUMENT_KINDS.find((kind) => kind === event.target.value) ?? 'pattern',
                        })
                      }
                    >
                      {ARGUMENT_KINDS.map((kind) => (
                        <option key={kind} value={kind}>
                          {ARGUMENT_NAMES[kind]}
                        </option>
                      ))}
                    </select>
                  </Labelled>
                  <Remove
                    name={name}
                    mayChange={mayChange}
                    onPress={() => onChange(list.toSpliced(place, 1))}
                  />
                </div>
                {argument.kind === 'pattern' && (
                  <Labelled
                    name="Patterns"
                    hint="# is a digit, @ a letter, * either: LF-#####. One on each line."
                    fault={fault('patterns') ?? fault('patterns.0')}
                  >
                    <textarea
                      className="input area"
                      rows={Math.max(2, argument.patterns.length)}
                      value={argument.patterns.join('\n')}
                      onChange={(event) => change(place, { patterns: event.target.value.split('\n') })}
                    />
                  </Labelled>
                )}
                {argument.kind !== 'identity' && (
                  <Labelled name="The bot asks, where it is missing" fault={fault('ask')}>
                    <input
                      className="input"
                      dir="auto"
                      value={argument.ask}
                      maxLength={300}
                      placeholder="What is your order number?"
                      onChange={(event) => change(place, { ask: event.target.value })}
                    />
                  </Labelled>
                )}
              </fieldset>
            </li>
          );
        })}
      </ol>
      {mayChange && list.length < 5 && (
        <Add
          name="Add an argument"
          onPress={() =>
            onChange([...list, { key: newKey(), id: '', label: '', kind: 'pattern', patterns: [], ask: '' }])
          }
        />
      )}
    </>
  );
}

/** Headers of the call; the value of a secret one is written and never read. */
export function HeaderList({ list, faultOf, mayChange, onChange }: Props<DraftHeader>) {
  const change = (place: number, part: Partial<DraftHeader>) =>
    onChange(list.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <>
      <ol className="form-fields">
        {list.map((header, place) => {
          const name = header.name || 'New header';
          const fault = (field: string) => faultOf(`headers.${place}.${field}`);
          return (
            <li key={header.key}>
              <fieldset disabled={!mayChange} aria-label={name}>
                <div className="form-field-top lookup-top">
                  <Labelled name="Header" fault={fault('name')}>
                    <input
                      className="input"
                      value={header.name}
                      maxLength={60}
                      placeholder="Authorization"
                      autoComplete="off"
                      onChange={(event) => change(place, { name: event.target.value })}
                    />
                  </Labelled>
                  <Labelled name="Value" fault={fault('secret') ?? fault('value')}>
                    <input
                      className="input"
                      type={header.isSecret ? 'password' : 'text'}
                      value={header.text}
                      placeholder={header.secretId === null ? '' : 'Kept sealed. Write to replace it.'}
                      autoComplete="new-password"
                      onChange={(event) => change(place, { text: event.target.value })}
                    />
                  </Labelled>
                  <Remove
                    name={name}
                    mayChange={mayChange}
                    onPress={() => onChange(list.toSpliced(place, 1))}
                  />
                </div>
                <label className="check-label">
                  <input
                    type="checkbox"
                    checked={header.isSecret}
                    onChange={(event) =>
                      change(place, { isSecret: event.target.checked, secretId: null, text: '' })
                    }
                  />
                  Secret: kept sealed, never shown again
                </label>
              </fieldset>
            </li>
          );
        })}
      </ol>
      {mayChange && list.length < 10 && (
        <Add
          name="Add a header"
          onPress={() =>
            onChange([...list, { key: newKey(), name: '', text: '', isSecret: true, secretId: null }])
          }
        />
      )}
    </>
  );
}

/** What the answer must have, where, and in which kind. */
export function ValueList({ list, faultOf, mayChange, onChange }: Props<DraftValue>) {
  const change = (place: number, part: Partial<DraftValue>) =>
    onChange(list.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <>
      <ol className="form-fields">
        {list.map((value, place) => {
          const name = value.path || 'New value';
          return (
            <li key={value.key}>
              <fieldset disabled={!mayChange} aria-label={name}>
                <div className="form-field-top lookup-top">
                  <Labelled name="Path in the answer" fault={faultOf(`values.${place}.path`)}>
                    <input
                      className="input"
                      value={value.path}
                      maxLength={100}
                      placeholder="shipment.status"
                      onChange={(event) => change(place, { path: event.target.value })}
                    />
                  </Labelled>
                  <Labelled name="Kind" fault={undefined}>
                    <select
                      className="input"
                      value={value.kind}
                      onChange={(event) =>
                        change(place, {
                          kind: VALUE_KINDS.find((kind) => kind === event.target.value) ?? 'text',
                        })
                      }
                    >
                      {VALUE_KINDS.map((kind) => (
                        <option key={kind} value={kind}>
                          {VALUE_NAMES[kind]}
                        </option>
                      ))}
                    </select>
                  </Labelled>
                  <Remove
                    name={name}
                    mayChange={mayChange}
                    onPress={() => onChange(list.toSpliced(place, 1))}
                  />
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
      {mayChange && list.length < 20 && (
        <Add
          name="Add a value"
          onPress={() => onChange([...list, { key: newKey(), path: '', kind: 'text' }])}
        />
      )}
    </>
  );
}

function Add({ name, onPress }: { name: string; onPress: () => void }) {
  return (
    <button type="button" className="btn btn-ghost" onClick={onPress}>
      <Plus className="i i-14" aria-hidden="true" />
      {name}
    </button>
  );
}

function Remove({ name, mayChange, onPress }: { name: string; mayChange: boolean; onPress: () => void }) {
  if (!mayChange) return null;
  return (
    <div className="form-field-ways">
      <button type="button" className="btn btn-ghost" aria-label={`Remove ${name}`} onClick={onPress}>
        <X className="i" aria-hidden="true" />
      </button>
    </div>
  );
}
