import { MAX_MESSAGE_LENGTH } from './conversation';
import type { Reason } from './handoff';
import { mailAddress } from './mail';
import { saysOneOf } from './rules';

/** What a form asks for. */
export const FIELD_KINDS = ['text', 'choice', 'date', 'email', 'phone', 'number', 'file'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

/** What a chat gathers, by the label it is shown with: a field takes it over, so that nobody writes it twice. */
export const PREFILLS = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  order: 'Order',
  item: 'Item',
  amount: 'Amount',
  date: 'Date',
} as const;
export type Prefill = keyof typeof PREFILLS;

export const FORM_LINK_MINUTES = 60;
export const MAX_FIELDS = 30;
export const MAX_ANSWER_LENGTH = 2000;

interface AnyField {
  /** Names the answer; stays as it is when the label changes. */
  id: string;
  label: string;
  help: string;
  required: boolean;
  /** Kept sealed: never in the transcript, a note, a log or a search. */
  sensitive: boolean;
  prefill: Prefill | null;
}

export type FormField = AnyField &
  (
    | { kind: 'text'; lines: 'one' | 'many'; maxLength: number; format: 'any' | 'iban' }
    | { kind: 'choice'; options: readonly string[] }
    | { kind: 'date'; when: 'any' | 'past' | 'future' }
    | { kind: 'email' }
    | { kind: 'phone' }
    | { kind: 'number'; min: number | null; max: number | null; whole: boolean }
    /** Always kept sealed. */
    | { kind: 'file'; accept: FileAccept; maxMb: number }
  );

/** What a customer is shown: a link keeps it as it was when the link was sent. */
export interface FormContent {
  name: string;
  intro: string;
  fields: readonly FormField[];
  /** Our own page, or one that is hosted elsewhere and reports back. */
  target: { kind: 'page' } | { kind: 'external'; url: string };
}

export interface FormTerms extends FormContent {
  /** Who reads what is submitted; null: the team that the conversation belongs to. */
  teamId: string | null;
  /** When the bot offers it, every condition that is given; null: only people send it. */
  offer: {
    topics: readonly string[];
    reasons: readonly Reason[];
    /** It is offered too to whoever writes one of these. */
    phrases: readonly string[];
  } | null;
  active: boolean;
}

export interface FormTemplate extends FormTerms {
  id: string;
  /** Grows with each change; 0: not made yet. */
  version: number;
}

export type FileAccept = 'images' | 'documents';
export const MAX_FILE_MB = 5;
const MAX_FILES = 3;

/** A file as it came; what it is its first bytes say. */
export interface GivenFile {
  name: string;
  size: number;
  type: FileType | null;
}

export type Answers = Readonly<Record<string, string>>;

/** Whether the bot offers it to somebody who would go to this team, for this reason, about this. */
export function isOfferedFor(
  { active, offer, teamId }: Pick<FormTemplate, 'active' | 'offer' | 'teamId'>,
  to: { teamId: string; reason: Reason; topic: string | null },
): boolean {
  if (!active || offer === null) return false;
  if (teamId !== null && teamId !== to.teamId) return false;
  if (offer.reasons.length > 0 && !offer.reasons.includes(to.reason)) return false;
  const topic = to.topic?.trim().toLowerCase();
  return offer.topics.length === 0 || offer.topics.some((each) => each.trim().toLowerCase() === topic);
}

/** Whether somebody asks for what it is there for. */
export function isAskedFor({ active, offer }: Pick<FormTemplate, 'active' | 'offer'>, text: string): boolean {
  return active && offer !== null && saysOneOf(text, offer.phrases);
}

const SECONDS: Readonly<Record<FieldKind, number>> = {
  text: 20,
  choice: 10,
  date: 15,
  email: 15,
  phone: 15,
  number: 10,
  file: 30,
};

/** About how long it takes: some seconds for each field by its kind, a minute for a story, whole minutes. */
export function minutesToFill(fields: readonly FormField[]): number {
  const seconds = fields.map((field) =>
    field.kind === 'text' && field.lines === 'many' ? 60 : SECONDS[field.kind],
  );
  return Math.max(1, Math.round(seconds.reduce((sum, each) => sum + each, 0) / 60));
}

export interface TemplateProblem {
  /** Path of what is wrong, parts joined by dots. */
  field: string;
  message: string;
}

/** What no shape can say of a template: names twice, bounds that cross, what is secret and taken from the chat. */
export function templateProblems({ fields, target }: FormContent): TemplateProblem[] {
  const problems: TemplateProblem[] = [];
  const files = fields.filter(({ kind }) => kind === 'file').length;
  if (files > MAX_FILES) problems.push({ field: 'fields', message: `At most ${MAX_FILES} files.` });
  if (files > 0 && target.kind === 'external') {
    problems.push({ field: 'fields', message: 'A form that is hosted elsewhere reports no files.' });
  }
  const seen = new Set<string>();
  for (const [index, field] of fields.entries()) {
    const add = (name: string, message: string) =>
      problems.push({ field: `fields.${index}.${name}`, message });
    if (seen.has(field.id)) add('id', 'Another field has this name already.');
    if (isTaken(field.id)) add('id', 'Choose another label: this name means something else.');
    seen.add(field.id);
    if (field.sensitive && field.prefill !== null) {
      add('prefill', 'What is kept sealed is never taken from the chat.');
    }
    if (field.kind === 'choice' && new Set(field.options).size !== field.options.length) {
      add('options', 'Each choice once.');
    }
    if (field.kind === 'number' && field.min !== null && field.max !== null && field.max < field.min) {
      add('max', 'Not below the least.');
    }
  }
  if (target.kind === 'external' && !isTargetUrl(target.url)) {
    problems.push({ field: 'target.url', message: 'An https:// address without a user name or a fragment.' });
  }
  return problems;
}

/** Where customers may be sent with what they said: over TLS, or on this machine while somebody tries it out. */
function isTargetUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1)$/.test(hostname));
}

/** What the chat gathered, for the fields that take it over and accept it. */
export function prefillOf(
  fields: readonly FormField[],
  known: Partial<Record<Prefill, string>>,
  now: number,
): Answers {
  const filled: Record<string, string> = {};
  for (const field of fields) {
    if (field.kind === 'file' || field.sensitive || field.prefill === null) continue;
    const value = known[field.prefill];
    if (value === undefined) continue;
    const checked = checkAnswer({ ...field, required: true }, value, now);
    if ('value' in checked) filled[field.id] = checked.value;
  }
  return filled;
}

export interface CheckedAnswers {
  /** As they are kept; what was left empty is missing. */
  answers: Answers;
  /** What is wrong, by the id of the field. */
  faults: Readonly<Record<string, string>>;
}

/** Holds what was written to the fields. What is not asked for is dropped. */
export function checkAnswers(
  fields: readonly FormField[],
  written: Readonly<Record<string, string>>,
  now: number,
  given: Readonly<Record<string, GivenFile>> = {},
): CheckedAnswers {
  const answers: Record<string, string> = {};
  const faults: Record<string, string> = {};
  for (const field of fields) {
    const checked =
      field.kind === 'file'
        ? checkFile(field, given[field.id])
        : checkAnswer(field, Object.hasOwn(written, field.id) ? (written[field.id] ?? '') : '', now);
    if ('fault' in checked) faults[field.id] = checked.fault;
    else if (checked.value !== '') answers[field.id] = checked.value;
  }
  return { answers, faults };
}

type Checked = { value: string } | { fault: string };

/** Never in the clear beside the conversation: what is sensitive, and every file. */
export function isSealed({ sensitive, kind }: FormField): boolean {
  return sensitive || kind === 'file';
}

function checkAnswer(field: Exclude<FormField, { kind: 'file' }>, raw: string, now: number): Checked {
  const value = raw
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .trim();
  if (value.includes('\u0000')) return { fault: 'Write it anew: it holds a character that cannot be kept.' };
  if (value === '') return field.required ? { fault: missing(field) } : { value };
  if (value.length > MAX_ANSWER_LENGTH) return { fault: `At most ${MAX_ANSWER_LENGTH} characters.` };
  switch (field.kind) {
    case 'text':
      return checkText(field, value);
    case 'choice':
      return field.options.includes(value) ? { value } : { fault: 'Choose one of these.' };
    case 'date':
      return checkDate(field, value, now);
    case 'email':
      return checkEmail(value);
    case 'phone':
      return checkPhone(value);
    case 'number':
      return checkNumber(field, value);
  }
}

const FILE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/heic',
  'application/pdf',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

const STARTS: readonly [FileType, number, readonly number[]][] = [
  ['image/jpeg', 0, [0xff, 0xd8, 0xff]],
  ['image/png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/webp', 8, [0x57, 0x45, 0x42, 0x50]],
  ['image/gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['image/heic', 4, [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69]],
  ['application/pdf', 0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** What a file is, by its first bytes: what it is called proves nothing. Null for all that no form takes. */
export function fileTypeOf(bytes: Uint8Array): FileType | null {
  const found = STARTS.find(([, at, start]) => start.every((byte, index) => bytes[at + index] === byte));
  return found?.[0] ?? null;
}

/** What a browser is told to let choose. */
export function acceptedTypes(accept: FileAccept): readonly FileType[] {
  return accept === 'images' ? FILE_TYPES.filter((type) => type.startsWith('image/')) : FILE_TYPES;
}

function checkFile(field: Extract<FormField, { kind: 'file' }>, file: GivenFile | undefined): Checked {
  if (file === undefined) return field.required ? { fault: 'Choose a file.' } : { value: '' };
  if (file.size > field.maxMb * MEGABYTE) return { fault: `At most ${field.maxMb} MB.` };
  if (file.type === null || !acceptedTypes(field.accept).includes(file.type)) {
    return {
      fault: field.accept === 'images' ? 'A picture: JPEG, PNG, WebP, GIF or HEIC.' : 'A picture or a PDF.',
    };
  }
  return { value: fileName(file.name) };
}

const MEGABYTE = 1024 * 1024;

/** A name to save it under: no path, nothing that a file system takes for something else. */
function fileName(name: string): string {
  const plain = name
    .replace(/\p{Surrogate}|\p{C}/gu, '')
    .replace(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+/, '')
    .slice(-100);
  return plain === '' ? 'file' : plain;
}

function missing(field: FormField): string {
  return field.kind === 'choice' ? 'Choose one of these.' : 'This is needed.';
}

function checkText(field: Extract<FormField, { kind: 'text' }>, value: string): Checked {
  if (field.lines === 'one' && value.includes('\n')) return { fault: 'On one line.' };
  if (value.length > field.maxLength) return { fault: `At most ${field.maxLength} characters.` };
  if (field.format === 'any') return { value };
  const iban = value.replace(/[\s-]/g, '').toUpperCase();
  return isIban(iban) ? { value: iban } : { fault: 'This is no whole IBAN. Check it against your card.' };
}

/** ISO 13616: the country, two check digits and the rest, which leave one by 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const number = Number.parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}

const HOUR = 60 * 60_000;

/** Where the customer is nobody knows: a day is past or to come if it is so anywhere, today counts as both. */
function checkDate(field: Extract<FormField, { kind: 'date' }>, value: string, now: number): Checked {
  const day = Date.parse(`${value}T00:00:00Z`);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(day);
  if (!isDay || new Date(day).toISOString().slice(0, 10) !== value) {
    return { fault: 'Write a day as year-month-day, such as 2026-03-31.' };
  }
  const latest = new Date(now + 14 * HOUR).toISOString().slice(0, 10);
  const earliest = new Date(now - 12 * HOUR).toISOString().slice(0, 10);
  if (field.when === 'past' && value > latest) return { fault: 'A day that has been.' };
  if (field.when === 'future' && value < earliest) return { fault: 'A day from today on.' };
  return { value };
}

function checkEmail(written: string): Checked {
  const value = mailAddress(written);
  return value === null ? { fault: 'Write one e-mail address, such as name@example.com.' } : { value };
}

function checkPhone(value: string): Checked {
  const digits = value.replace(/\D/g, '');
  const isNumber = /^\+?[\d\s()./-]+$/.test(value) && digits.length >= 6 && digits.length <= 15;
  return isNumber
    ? { value }
    : { fault: 'Write a phone number with its area code, such as +47 22 12 34 56.' };
}

function checkNumber(field: Extract<FormField, { kind: 'number' }>, value: string): Checked {
  const number = Number(value.replace(/\s/g, '').replace(',', '.'));
  if (!/^[+-]?[\d\s]*[.,]?\d+$/.test(value) || !Number.isFinite(number)) return { fault: 'Write a number.' };
  if (field.whole && !Number.isSafeInteger(number)) return { fault: 'A whole number.' };
  if (field.min !== null && number < field.min) return { fault: `At least ${field.min}.` };
  if (field.max !== null && number > field.max) return { fault: `At most ${field.max}.` };
  return { value: String(number) };
}

/** What may be read by everyone who may read the conversation, and what is kept sealed. */
export function partAnswers(
  fields: readonly FormField[],
  answers: Answers,
): { open: Answers; sealed: Answers } {
  const open: Record<string, string> = {};
  const sealed: Record<string, string> = {};
  for (const field of fields) {
    const value = answers[field.id];
    if (value !== undefined) (isSealed(field) ? sealed : open)[field.id] = value;
  }
  return { open, sealed };
}

/** The note about a submission, in as many parts as messages hold. What is sealed is named, never shown. */
export function submissionNotes({ name, fields }: FormContent, answers: Answers): string[] {
  const lines = fields.flatMap((field) => {
    const { id, label } = field;
    const value = answers[id];
    if (value === undefined) return [];
    // Further lines are set in, so that none can pass for another field.
    return [
      `${label}${/[?:]$/.test(label) ? '' : ':'} ${isSealed(field) ? 'kept sealed' : value.replaceAll('\n', '\n ')}`,
    ];
  });
  const notes: string[] = [];
  let note = `Form submitted: ${name}`;
  for (const line of lines) {
    if (note.length + 1 + line.length > MAX_MESSAGE_LENGTH) {
      notes.push(note);
      note = line;
    } else note = `${note}\n${line}`;
  }
  return [...notes, note];
}

/** A name for the answer of a new field, from its label, that no other field has. */
export function fieldId(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 30);
  const base = plain === '' ? 'field' : plain;
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}_${number}`;
    if (!taken.includes(id) && !isTaken(id)) return id;
  }
}

/** What every object answers to, answers are no exception. */
function isTaken(id: string): boolean {
  return id in {};
}
