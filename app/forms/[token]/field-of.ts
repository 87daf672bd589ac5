import { acceptedTypes, type FormField } from '@/lib/domain/form-template';
import { type Html, html, join } from './html';

interface Shown {
  value: string;
  fault: string | null;
  prefilled: boolean;
  /** The first that is at fault. */
  focused: boolean;
}

const MOST_RADIOS = 6;

/** One field: label, control, what helps, and what is wrong with it right beside. */
export function fieldOf(field: FormField, shown: Shown): Html {
  const { id, label, help, required } = field;
  const { fault, prefilled } = shown;
  const optional = required ? '' : html` <span class="optional">optional</span>`;
  const below = join([
    help === '' ? html`` : html`<p class="help" id="h-${id}" dir="auto">${help}</p>`,
    fault === null ? html`` : html`<p class="fault" id="e-${id}">${fault}</p>`,
  ]);
  const wide =
    (field.kind === 'text' && field.lines === 'many') || field.kind === 'choice' || field.kind === 'file'
      ? ' wide'
      : '';
  const look = `field${wide}${fault === null ? '' : ' wrong'}${prefilled ? ' known' : ''}`;
  if (field.kind === 'choice' && field.options.length <= MOST_RADIOS) {
    const options = field.options.map(
      (option, index) =>
        html`<label class="option"><input type="radio" id="f-${id}${index === 0 ? '' : `-${index}`}" name="${id}" value="${option}"${described(field, shown)}${option === shown.value ? CHECKED : NOTHING}${shown.focused && index === 0 ? FOCUSED : NOTHING}><span dir="auto">${option}</span></label>`,
    );
    return html`<fieldset class="${look}"><legend dir="auto">${label}${optional}</legend><div class="options">${join(options)}</div>${below}</fieldset>`;
  }
  return html`<div class="${look}"><label for="f-${id}" dir="auto">${label}${optional}${prefilled ? html` <span class="vh">filled in from your chat</span>` : ''}</label>${control(field, shown)}${below}</div>`;
}

const NOTHING = html``;
const CHECKED = html` checked`;
const FOCUSED = html` autofocus`;

function control(field: FormField, shown: Shown): Html {
  const common = html` id="f-${field.id}" name="${field.id}"${described(field, shown)}${shown.focused ? FOCUSED : NOTHING}`;
  if (field.kind === 'choice') {
    const options = field.options.map(
      (option) =>
        html`<option value="${option}"${option === shown.value ? html` selected` : NOTHING}>${option}</option>`,
    );
    return html`<select${common}><option value="">Choose…</option>${join(options)}</select>`;
  }
  if (field.kind === 'text' && field.lines === 'many') {
    return html`<textarea${common} rows="4" maxlength="${field.maxLength}" dir="auto">${shown.value}</textarea>`;
  }
  if (field.kind === 'file') {
    return html`<input${common} type="file" accept="${acceptedTypes(field.accept).join(',')}">`;
  }
  return html`<input${common}${kindOf(field)} value="${shown.value}">`;
}

function kindOf(field: Exclude<FormField, { kind: 'choice' | 'file' }>): Html {
  switch (field.kind) {
    case 'text':
      return field.format === 'iban'
        ? html` type="text" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false"`
        : html` type="text" maxlength="${field.maxLength}" dir="auto"${field.sensitive ? html` autocomplete="off" spellcheck="false"` : NOTHING}`;
    case 'date':
      return html` type="date"`;
    case 'email':
      return html` type="email" autocomplete="email" maxlength="254" spellcheck="false"`;
    case 'phone':
      return html` type="tel" autocomplete="tel" maxlength="40"`;
    case 'number':
      return html` type="text" inputmode="${field.whole ? 'numeric' : 'decimal'}" maxlength="40"`;
  }
}

function described({ id, help, required }: FormField, { fault }: Shown): Html {
  const by = [...(help === '' ? [] : [`h-${id}`]), ...(fault === null ? [] : [`e-${id}`])].join(' ');
  return join([
    required ? html` aria-required="true"` : NOTHING,
    fault === null ? NOTHING : html` aria-invalid="true"`,
    by === '' ? NOTHING : html` aria-describedby="${by}"`,
  ]);
}
