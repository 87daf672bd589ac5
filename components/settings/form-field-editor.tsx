import { ArrowDown, ArrowUp, X } from 'lucide-react';
import {
  FIELD_KINDS,
  type FieldKind,
  type FormField,
  isSealed,
  MAX_ANSWER_LENGTH,
  MAX_FILE_MB,
  PREFILLS,
  type Prefill,
} from '@/lib/domain/form-template';
import { Labelled } from './labelled';

const KIND_NAMES: Readonly<Record<FieldKind, string>> = {
  text: 'Text',
  choice: 'Choice',
  date: 'Date',
  email: 'E-mail',
  phone: 'Phone',
  number: 'Number',
  file: 'File',
};

interface Props {
  field: FormField;
  /** By which name a form that is hosted elsewhere reports it. */
  reportedAs: string | null;
  faultOf: (name: string) => string | undefined;
  mayChange: boolean;
  onChange: (field: FormField) => void;
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onRemove: () => void;
}

/** One field: what it asks for, in which kind, and what is done with the answer. */
export function FormFieldEditor({
  field,
  reportedAs,
  faultOf,
  mayChange,
  onChange,
  onUp,
  onDown,
  onRemove,
}: Props) {
  const name = field.label === '' ? 'New field' : field.label;
  return (
    <li>
      <fieldset disabled={!mayChange} aria-label={name}>
        <div className="form-field-top">
          <Labelled
            name="Label"
            fault={faultOf('label') ?? faultOf('id')}
            {...(reportedAs === null ? {} : { hint: `Reported as ${reportedAs}` })}
          >
            <input
              className="input"
              dir="auto"
              value={field.label}
              maxLength={80}
              onChange={(event) => onChange({ ...field, label: event.target.value })}
            />
          </Labelled>
          <Labelled name="Kind" fault={undefined}>
            <select
              className="input"
              value={field.kind}
              onChange={(event) => onChange(ofKind(field, event.target.value))}
            >
              {FIELD_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {KIND_NAMES[kind]}
                </option>
              ))}
            </select>
          </Labelled>
          {mayChange && (
            <div className="form-field-ways">
              <Way label={`Move ${name} up`} onPress={onUp}>
                <ArrowUp className="i" aria-hidden="true" />
              </Way>
              <Way label={`Move ${name} down`} onPress={onDown}>
                <ArrowDown className="i" aria-hidden="true" />
              </Way>
              <Way label={`Remove ${name}`} onPress={onRemove}>
                <X className="i" aria-hidden="true" />
              </Way>
            </div>
          )}
        </div>
        <KindTerms field={field} faultOf={faultOf} onChange={onChange} />
        <Labelled name="Help" fault={faultOf('help')}>
          <input
            className="input"
            dir="auto"
            value={field.help}
            maxLength={200}
            placeholder="One line below the field"
            onChange={(event) => onChange({ ...field, help: event.target.value })}
          />
        </Labelled>
        <div className="form-field-marks">
          <label className="check-label">
            <input
              type="checkbox"
              checked={field.required}
              onChange={(event) => onChange({ ...field, required: event.target.checked })}
            />
            Required
          </label>
          <label className="check-label">
            <input
              type="checkbox"
              checked={isSealed(field)}
              disabled={field.kind === 'file'}
              onChange={(event) =>
                onChange({
                  ...field,
                  sensitive: event.target.checked,
                  prefill: event.target.checked ? null : field.prefill,
                })
              }
            />
            Sensitive: kept sealed
          </label>
          {!isSealed(field) && (
            <label className="check-label form-prefill">
              Filled in from the chat
              <select
                className="input"
                value={field.prefill ?? ''}
                onChange={(event) => onChange({ ...field, prefill: prefillOf(event.target.value) })}
              >
                <option value="">nothing</option>
                {Object.entries(PREFILLS).map(([fact, label]) => (
                  <option key={fact} value={fact}>
                    {label}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      </fieldset>
    </li>
  );
}

function Way({
  label,
  onPress,
  children,
}: {
  label: string;
  onPress: (() => void) | null;
  children: React.ReactNode;
}) {
  return (
    <button
      type="button"
      className="btn btn-ghost"
      aria-label={label}
      disabled={onPress === null}
      onClick={onPress ?? undefined}
    >
      {children}
    </button>
  );
}

/** What only this kind has. */
function KindTerms({ field, faultOf, onChange }: Pick<Props, 'field' | 'faultOf' | 'onChange'>) {
  switch (field.kind) {
    case 'text':
      return (
        <div className="form-field-terms">
          <Labelled name="Length" fault={undefined}>
            <select
              className="input"
              value={field.lines}
              onChange={(event) =>
                onChange({ ...field, lines: event.target.value === 'many' ? 'many' : 'one', format: 'any' })
              }
            >
              <option value="one">One line</option>
              <option value="many">Several lines</option>
            </select>
          </Labelled>
          <Labelled name="Characters at most" fault={faultOf('maxLength')}>
            <input
              className="input"
              type="number"
              min={1}
              max={MAX_ANSWER_LENGTH}
              value={Number.isNaN(field.maxLength) ? '' : field.maxLength}
              onChange={(event) => onChange({ ...field, maxLength: Math.trunc(event.target.valueAsNumber) })}
            />
          </Labelled>
          {field.lines === 'one' && (
            <Labelled name="Must be" fault={undefined}>
              <select
                className="input"
                value={field.format}
                onChange={(event) =>
                  onChange({ ...field, format: event.target.value === 'iban' ? 'iban' : 'any' })
                }
              >
                <option value="any">Anything</option>
                <option value="iban">A whole IBAN</option>
              </select>
            </Labelled>
          )}
        </div>
      );
    case 'choice':
      return (
        <Labelled
          name="Choices"
          hint="One on each line."
          fault={faultOf('options') ?? optionFault(field.options.length, faultOf)}
        >
          <textarea
            className="input area"
            dir="auto"
            rows={Math.min(10, Math.max(3, field.options.length + 1))}
            value={field.options.join('\n')}
            onChange={(event) => onChange({ ...field, options: event.target.value.split('\n') })}
          />
        </Labelled>
      );
    case 'date':
      return (
        <div className="form-field-terms">
          <Labelled name="Must be" fault={undefined}>
            <select
              className="input"
              value={field.when}
              onChange={(event) => onChange({ ...field, when: whenOf(event.target.value) })}
            >
              <option value="any">Any day</option>
              <option value="past">Up to today</option>
              <option value="future">From today on</option>
            </select>
          </Labelled>
        </div>
      );
    case 'number':
      return (
        <div className="form-field-terms">
          {(['min', 'max'] as const).map((end) => (
            <Labelled key={end} name={end === 'min' ? 'At least' : 'At most'} fault={faultOf(end)}>
              <input
                className="input"
                type="number"
                value={field[end] ?? ''}
                onChange={(event) => {
                  const number = event.target.valueAsNumber;
                  onChange({ ...field, [end]: Number.isNaN(number) ? null : number });
                }}
              />
            </Labelled>
          ))}
          <label className="check-label">
            <input
              type="checkbox"
              checked={field.whole}
              onChange={(event) => onChange({ ...field, whole: event.target.checked })}
            />
            Whole numbers
          </label>
        </div>
      );
    case 'file':
      return (
        <div className="form-field-terms">
          <Labelled name="Takes" fault={undefined}>
            <select
              className="input"
              value={field.accept}
              onChange={(event) =>
                onChange({ ...field, accept: event.target.value === 'images' ? 'images' : 'documents' })
              }
            >
              <option value="images">Pictures</option>
              <option value="documents">Pictures and PDF</option>
            </select>
          </Labelled>
          <Labelled name="MB at most" fault={faultOf('maxMb')}>
            <input
              className="input"
              type="number"
              min={1}
              max={MAX_FILE_MB}
              value={Number.isNaN(field.maxMb) ? '' : field.maxMb}
              onChange={(event) => onChange({ ...field, maxMb: event.target.valueAsNumber })}
            />
          </Labelled>
        </div>
      );
    default:
      return null;
  }
}

function optionFault(count: number, faultOf: Props['faultOf']): string | undefined {
  for (let index = 0; index < count; index++) {
    const fault = faultOf(`options.${index}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The same field, asking for something else. */
function ofKind(field: FormField, to: string): FormField {
  const { id, label, help, required, sensitive, prefill } = field;
  const shared = { id, label, help, required, sensitive, prefill };
  switch (to) {
    case 'choice':
      return { ...shared, kind: 'choice', options: [] };
    case 'date':
      return { ...shared, kind: 'date', when: 'any' };
    case 'email':
      return { ...shared, kind: 'email' };
    case 'phone':
      return { ...shared, kind: 'phone' };
    case 'file':
      return { ...shared, prefill: null, kind: 'file', accept: 'images', maxMb: MAX_FILE_MB };
    case 'number':
      return { ...shared, kind: 'number', min: null, max: null, whole: false };
    default:
      return { ...shared, kind: 'text', lines: 'one', maxLength: 120, format: 'any' };
  }
}

function whenOf(value: string): 'any' | 'past' | 'future' {
  return value === 'past' || value === 'future' ? value : 'any';
}

function prefillOf(value: string): Prefill | null {
  return (Object.keys(PREFILLS) as Prefill[]).find((fact) => fact === value) ?? null;
}
