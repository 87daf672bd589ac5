import type { Turn } from './judgement';
import type { OutboundFault } from './outbound-error';
import { saysOneOf } from './rules';

/** Where the value of an argument comes from: the customer's words, by a pattern or an address, or the site's signature. */
export const ARGUMENT_KINDS = ['pattern', 'email', 'identity'] as const;
export type ArgumentKind = (typeof ARGUMENT_KINDS)[number];

export interface LookupArgument {
  /** Names it in the address and the answer. */
  id: string;
  label: string;
  kind: ArgumentKind;
  /** `LF-#####`: # is a digit, @ a letter, * either; all else stands for itself. */
  patterns: readonly string[];
  /** What the bot asks where it is missing. */
  ask: string;
}

export const VALUE_KINDS = ['text', 'number', 'boolean', 'date'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** A value that the answer must have. */
export interface LookupValue {
  /** Names joined by dots: `shipment.status`. */
  path: string;
  kind: ValueKind;
}

/** A header with its value in the open, or with the id of the secret that holds it. */
export type LookupHeader = { name: string; value: string } | { name: string; secretId: string };

export interface LookupTerms {
  name: string;
  active: boolean;
  /** It is used where the customer writes one of these; none: wherever all its arguments are given. */
  phrases: readonly string[];
  arguments: readonly LookupArgument[];
  method: 'GET' | 'POST';
  /** With arguments in braces: `https://shop.example/orders/{order}`. A POST has them as JSON. */
  url: string;
  headers: readonly LookupHeader[];
  timeoutMs: number;
  values: readonly LookupValue[];
  /** What the bot says, with arguments and values in braces. */
  answer: string;
  /** What it says where there is no such thing; empty: it goes on as if nothing had been looked up. */
  notFound: string;
}

export interface Lookup extends LookupTerms {
  id: string;
  /** Grows with each change; 0: not made yet. */
  version: number;
}

export const MAX_LOOKUP_BYTES = 64 * 1024;
export const LOOKUP_TIMEOUTS = { least: 500, most: 8000, usual: 4000 } as const;
const LONGEST_VALUE = 300;
const LONGEST_ANSWER = 1500;
const FEWEST_PLACES = 4;

/** Why a look-up has no answer: the call, its status, or what came back. */
export type LookupFault = OutboundFault | 'status' | 'malformed';

/** What the bot looks up at a turn, or what it has to ask first. Null where nothing is to be looked up. */
export type LookupPlan =
  | { kind: 'ask'; lookup: Lookup; argument: LookupArgument }
  | { kind: 'call'; lookup: Lookup; values: Readonly<Record<string, string>> };

/**
 * The first look-up that the newest words call for: by a phrase, by giving what the bot has just asked for, or, where it
 * has no phrases, by giving all its arguments. `identity` is who the site says the customer is, if it does.
 */
export function planLookup(
  lookups: readonly Lookup[],
  turns: readonly Turn[],
  identity: string | null,
): LookupPlan | null {
  const newest = turns.findLast(({ author }) => author === 'visitor');
  const asked = turns.findLast(({ author }) => author === 'bot')?.text ?? null;
  if (newest === undefined) return null;
  for (const lookup of lookups) {
    if (!lookup.active) continue;
    const wasAsked = lookup.arguments.find(({ ask }) => ask !== '' && asked === ask);
    const isGiven = wasAsked !== undefined && valueIn(wasAsked, [newest], identity) !== null;
    const isCalledFor = isGiven || saysOneOf(newest.text, lookup.phrases);
    if (!isCalledFor && lookup.phrases.length > 0) continue;
    const from = isCalledFor ? turns.filter(({ author }) => author === 'visitor') : [newest];
    const values = lookup.arguments.map((argument) => valueIn(argument, from, identity));
    const missing = lookup.arguments[values.indexOf(null)];
    if (missing === undefined) {
      if (!isCalledFor && lookup.arguments.every(({ kind }) => kind === 'identity')) continue;
      return {
        kind: 'call',
        lookup,
        values: Object.fromEntries(lookup.arguments.map(({ id }, place) => [id, values[place] ?? ''])),
      };
    }
    if (isCalledFor && missing.kind !== 'identity') return { kind: 'ask', lookup, argument: missing };
  }
  return null;
}

/** What the newest of these turns that gives it gives; null where none does. */
function valueIn(
  { kind, patterns }: LookupArgument,
  turns: readonly Turn[],
  identity: string | null,
): string | null {
  if (kind === 'identity') return identity;
  const rules = kind === 'email' ? [EMAIL] : patterns.map(patternRule);
  for (const { text } of turns.toReversed()) {
    for (const rule of rules) {
      const match = rule.exec(text);
      if (match) return match[0];
    }
  }
  return null;
}

const EMAIL = /(?<![\p{L}\p{N}])[\w.+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/iu;
const PLACES: Readonly<Record<string, string>> = { '#': '\\p{Nd}', '@': '\\p{L}', '*': '[\\p{L}\\p{Nd}]' };

function patternRule(pattern: string): RegExp {
  const body = [...pattern]
    .map((sign) => PLACES[sign] ?? sign.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'))
    .join('');
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'iu');
}

/** Whether a value may be an argument: given by hand, or by a model. */
export function isArgument({ kind, patterns }: LookupArgument, value: string): boolean {
  if (kind === 'identity') return false;
  const rules = kind === 'email' ? [EMAIL] : patterns.map(patternRule);
  return value.length <= 200 && rules.some((rule) => rule.exec(value)?.[0] === value);
}

/** The address and body of a call. Values stand in it as data, whatever signs they have. */
export function lookupRequest(
  { method, url }: Pick<LookupTerms, 'method' | 'url'>,
  values: Readonly<Record<string, string>>,
): { url: string; body: string | null } {
  return {
    url: url.replace(BRACES, (whole, name: string) => (name in values ? segment(values[name] ?? '') : whole)),
    body: method === 'POST' ? JSON.stringify(values) : null,
  };
}

/** No value climbs out of its place in a path: dots alone mean the folder above. */
function segment(value: string): string {
  const encoded = encodeURIComponent(value);
  return /^\.+$/.test(encoded) ? encoded.replaceAll('.', '%2E%2E') : encoded;
}

const BRACES = /\{([a-z][\w.]*)\}/g;

/** What the bot says of an answer; null where it lacks a value or has one of another kind. */
export function lookupAnswer(
  { values, answer }: Pick<LookupTerms, 'values' | 'answer'>,
  given: Readonly<Record<string, string>>,
  body: string,
): string | null {
  const parsed = parsedObject(body);
  if (parsed === null) return null;
  const texts: Record<string, string> = { ...given };
  for (const { path, kind } of values) {
    const text = textOf(kind, valueAt(parsed, path));
    if (text === null) return null;
    texts[path] = text;
  }
  const said = answer.replace(BRACES, (whole, name: string) =>
    Object.hasOwn(texts, name) ? (texts[name] ?? '') : whole,
  );
  return said.slice(0, LONGEST_ANSWER);
}

function parsedObject(body: string): object | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}

function valueAt(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (held, name) =>
        typeof held === 'object' && held !== null && Object.hasOwn(held, name)
          ? (held as Record<string, unknown>)[name]
          : undefined,
      from,
    );
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

function textOf(kind: ValueKind, value: unknown): string | null {
  switch (kind) {
    case 'text':
      return typeof value === 'string' || typeof value === 'number' ? plain(`${value}`) : null;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? `${value}` : null;
    case 'boolean':
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : null;
    case 'date': {
      const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
      return Number.isNaN(at) ? null : DAY.format(at);
    }
  }
}

/** One line without anything that is no sign. */
function plain(text: string): string | null {
  const tidy = text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return tidy === '' ? null : tidy.slice(0, LONGEST_VALUE);
}

export interface LookupProblem {
  /** Parts of the path joined by dots. */
  field: string;
  message: string;
}

/** What no shape can say of a look-up: names that mean nothing, patterns that fit everything, addresses that vary. */
export function lookupProblems(terms: LookupTerms): LookupProblem[] {
  const problems: LookupProblem[] = [];
  const add = (field: string, message: string) => problems.push({ field, message });
  const ids = terms.arguments.map(({ id }) => id);
  for (const [place, { id, kind, patterns, ask }] of terms.arguments.entries()) {
    if (ids.indexOf(id) < place) add(`arguments.${place}.id`, 'Another argument has this name already.');
    if (kind !== 'pattern') continue;
    if (patterns.length === 0) add(`arguments.${place}.patterns`, 'Give at least one, such as LF-#####.');
    if (
      patterns.some((pattern) => pattern.replace(/[^#@*]/g, '').length < 1 || pattern.length < FEWEST_PLACES)
    ) {
      add(`arguments.${place}.patterns`, 'Each at least 4 signs long, with #, @ or * for what varies.');
    }
    if (ask === '' && terms.phrases.length > 0)
      add(`arguments.${place}.ask`, 'Write what the bot asks for it.');
  }
  if (terms.phrases.length === 0 && !terms.arguments.some(({ kind }) => kind === 'pattern')) {
    add('phrases', 'Write when it is used: at least one phrase.');
  }
  const origin = terms.url.split('/').slice(0, 3).join('/');
  if (!URL.canParse(terms.url.replace(BRACES, 'x')) || !/^https?:\/\//.test(terms.url)) {
    add('url', 'An address such as https://shop.example/orders/{order}.');
  } else if (/[{}@]/.test(origin)) {
    add('url', 'The host is always the same, and stands without a user.');
  }
  for (const name of namesIn(terms.url)) {
    if (!ids.includes(name)) add('url', `There is no argument {${name}}.`);
  }
  const known = [...ids, ...terms.values.map(({ path }) => path)];
  for (const text of ['answer', 'notFound'] as const) {
    for (const name of namesIn(terms[text])) {
      if (!(text === 'answer' ? known : ids).includes(name)) {
        add(text, `There is no {${name}}: name an argument${text === 'answer' ? ' or a value' : ''}.`);
      }
    }
  }
  for (const [place, { path }] of terms.values.entries()) {
    if (known.indexOf(path) < ids.length + place) {
      add(`values.${place}.path`, 'An argument or another value has this name already.');
    }
  }
  return problems;
}

function namesIn(text: string): string[] {
  return [...text.matchAll(BRACES)].map(([, name = '']) => name);
}

/** What is said with the arguments alone. */
export function filledIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(BRACES, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
  );
}
