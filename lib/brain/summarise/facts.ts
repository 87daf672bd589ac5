import type { GatheredFact } from '@/lib/domain/handoff';
import type { Turn } from '@/lib/domain/judgement';
import { amountsIn } from '../detect/amount';
import type { Phrasebook } from '../language/phrasebook';
import { FACT_LABELS, type FactLabel, type Texts } from '../language/texts';
import { findPhrase } from '../text/phrases';
import { stems } from '../text/stems';

/** What the articles speak of: names with a number, and single words. */
export interface KnownThings {
  names: readonly string[];
  speaksOf(word: string): boolean;
}

const NOTHING_KNOWN: KnownThings = { names: [], speaksOf: () => false };

export interface Fact {
  label: FactLabel;
  value: string;
  messageId: string;
}

/** What the visitor gave, newest first to count: a correction replaces the older value. In the order of the labels. */
export function gatherFacts(turns: readonly Turn[], things: KnownThings, book: Phrasebook): Fact[] {
  const known = new Map<FactLabel, Fact>();
  let asking: Turn | null = null;
  for (const turn of turns) {
    if (turn.author === 'visitor') {
      for (const { label, value } of factsIn(turn.text, asking?.text ?? '', things, book)) {
        if (known.get(label)?.value.toLowerCase() === value.toLowerCase()) continue;
        known.set(label, { label, value, messageId: turn.id });
      }
    } else {
      asking = turn;
    }
  }
  return FACT_LABELS.map((label) => known.get(label)).filter((fact) => fact !== undefined);
}

export function asGathered(facts: readonly Fact[], texts: Texts): GatheredFact[] {
  return facts.map(({ label, value, messageId }) => ({ label: texts.facts[label], value, messageId }));
}

/** Whether a turn answers with details alone ("it is order 1042") and asks nothing. */
export function givesFactsOnly(turn: Turn, book: Phrasebook): boolean {
  const facts = factsIn(turn.text, '', NOTHING_KNOWN, book);
  const given = facts.filter(({ label }) => label === 'order' || label === 'email' || label === 'phone');
  if (given.length === 0 || turn.text.includes('?')) return false;
  const rest = facts.reduce((text, { value }) => text.replace(value, ' '), turn.text);
  const notContext = new Set([
    ...book.language.facts.order,
    ...book.language.facts.phone,
    ...book.language.facts.besides,
  ]);
  const context = new Set([...notContext].flatMap((word) => stems(word, book.words)));
  return stems(rest, book.words).every((word) => context.has(word));
}

const LONGEST_READ = 4000;
const EMAIL = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
const PHONE = /(?<![\p{L}\p{N}])(?:\+\d{1,3}|00\d{1,3}|0)?[\d\s()./-]{6,18}\d(?!\p{N})/gu;
const REFERENCE = String.raw`#?\s?(?=[A-Za-z\d-]*\d{3})[A-Za-z]{0,4}-?\d{3,12}(?:-[A-Za-z\d]{1,4})?`;
const BARE_REFERENCE =
  /(?<![\p{L}\p{N}])(?:#\s?\d{3,12}|[A-Z]{1,4}-?\d{4,12}(?:-[A-Z\d]{1,4})?)(?![\p{L}\p{N}])/u;

function factsIn(
  whole: string,
  asked: string,
  things: KnownThings,
  book: Phrasebook,
): { label: FactLabel; value: string }[] {
  const text = whole.slice(0, LONGEST_READ);
  const found: { label: FactLabel; value: string }[] = [];
  const add = (label: FactLabel, value: string | null): void => {
    if (value !== null && value.trim() !== '') found.push({ label, value: value.trim() });
  };
  const order = orderIn(text, asked, book);
  add('order', order);
  add('email', EMAIL.exec(text)?.[0].replace(/[.]$/, '') ?? null);
  add('phone', phoneIn(text, asked, order, book));
  add('amount', amountsIn(text, book.language).at(-1)?.text ?? null);
  add('item', namedIn(text, things.names) ?? ownedIn(text, things, book));
  const folded = book.fold(text);
  const date = findPhrase(folded, { says: book.dates, except: [] });
  add('date', date === null ? null : text.slice(date.start, date.end));
  add('name', nameIn(text, book));
  return found;
}

/** The context word decides first, so that a long order number is no phone number. */
function orderIn(text: string, asked: string, { language }: Phrasebook): string | null {
  const words = language.facts.order.join('|');
  const near = new RegExp(
    `(?<![\\p{L}])(?:${words})(?:\\s+(?:${language.facts.leadIns.join('|')}))*\\s*[:#.]?\\s*(?<value>${REFERENCE})(?![\\p{L}\\p{N}])`,
    'iu',
  );
  const withContext = near.exec(text)?.groups?.value;
  if (withContext !== undefined) return withContext.replace(/^#\s?/, '').trim();
  const bare = BARE_REFERENCE.exec(text)?.[0];
  if (bare !== undefined) return bare.replace(/^#\s?/, '');
  const wasAsked = new RegExp(`\\b(?:${words})\\b[^?]*\\?`, 'iu').test(asked);
  return wasAsked
    ? (new RegExp(`(?<![\\p{L}\\p{N}])${REFERENCE}(?![\\p{L}\\p{N}])`, 'u').exec(text)?.[0] ?? null)
    : null;
}

function phoneIn(text: string, asked: string, order: string | null, { language }: Phrasebook): string | null {
  const word = new RegExp(`\\b(?:${language.facts.phone.join('|')})\\b`, 'iu');
  for (const match of text.matchAll(PHONE)) {
    const value = match[0].trim();
    const digits = value.replace(/\D/g, '');
    const isOrder = order !== null && order.replace(/\D/g, '') === digits;
    const isMarked = /^(?:\+|00|0)/.test(value) || word.test(text) || word.test(asked);
    if (!isOrder && isMarked && digits.length >= 8 && digits.length <= 15) return value;
  }
  return null;
}

function namedIn(text: string, names: readonly string[]): string | null {
  const plain = text.toLowerCase().replace(/[−–]/g, '-').replace(/\s+/g, ' ');
  const isIn = (name: string): boolean => {
    const wanted = name.toLowerCase().replace(/[−–]/g, '-');
    const place = plain.indexOf(wanted);
    return place >= 0 && !/[\p{L}\p{N}]/u.test(plain.charAt(place + wanted.length));
  };
  return names.filter(isIn).sort((a, b) => b.length - a.length)[0] ?? null;
}

/** "My old rain jacket" names a thing; "my order" and "my wife" do not. */
function ownedIn(text: string, things: KnownThings, { language }: Phrasebook): string | null {
  const owned = new RegExp(
    `\\b(?:${language.facts.owned.join('|')})\\s+(?<thing>(?:(?:${language.facts.describing.join('|')})\\s+)?[a-z]{3,})\\b`,
    'giu',
  );
  for (const match of text.matchAll(owned)) {
    const thing = match.groups?.thing?.toLowerCase() ?? '';
    const noun = thing.split(/\s+/).at(-1) ?? '';
    if (!language.facts.notItems.includes(noun) && things.speaksOf(noun)) return thing;
  }
  return null;
}

function nameIn(text: string, { language }: Phrasebook): string | null {
  const introduces = language.facts.name.join('|');
  const match = new RegExp(
    `\\b(?:${introduces})\\s+(?<name>\\p{Lu}[\\p{L}'’-]+(?:\\s\\p{Lu}[\\p{L}'’-]+)?)`,
    'u',
  ).exec(text);
  return match?.groups?.name ?? null;
}
