import type { Phrasebook } from '../language/phrasebook';
import type { Folded } from '../text/folded';
import { findPhrase } from '../text/phrases';
import { contentStems } from '../text/stems';

const NUMBER = /^\d+$/;

/** What a text speaks of: its stems, and the subjects they belong to. */
export interface Subject {
  stems: ReadonlySet<string>;
  fields: ReadonlySet<number>;
}

export function subjectOf(text: string, { words, topics }: Phrasebook): Subject {
  const all = contentStems(text, words).filter((stem) => !topics.attributes.has(stem) && !NUMBER.test(stem));
  return {
    stems: new Set(all),
    fields: new Set(all.flatMap((stem) => topics.fieldsOf.get(stem) ?? [])),
  };
}

export function joined(a: Subject, b: Subject): Subject {
  return { stems: new Set([...a.stems, ...b.stems]), fields: new Set([...a.fields, ...b.fields]) };
}

/** Whether two texts share a word that carries meaning, or a subject. */
export function isRelated(a: Subject, b: Subject): boolean {
  return shares(a.stems, b.stems) || shares(a.fields, b.fields);
}

function shares<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  for (const each of a) if (b.has(each)) return true;
  return false;
}

const FEW_STEMS = 2;

/** "Does it work in snow", "and those": speaks of what was named before. */
export function leansBack(folded: Folded, book: Phrasebook): boolean {
  const { topics } = book;
  const own = subjectOf(folded.text, book).stems;
  if (own.size <= FEW_STEMS && findPhrase(folded, topics.objects) !== null) return true;
  const first = firstOf(folded.text, book);
  return topics.leans.says.some((rule) => {
    rule.lastIndex = 0;
    const match = rule.exec(folded.text);
    return match !== null && match.index < first;
  });
}

/** Where the first word stands that carries meaning of its own. */
function firstOf(text: string, book: Phrasebook): number {
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (subjectOf(match[0], book).stems.size > 0) return match.index;
  }
  return text.length;
}

/** A stretch of a message that asks or says one thing. Places are those of the folded text. */
export interface Clause {
  text: string;
  from: number;
  to: number;
  asks: boolean;
}

/** The clauses of a message: sentences, cut where they go over to another question. */
export function clausesOf(folded: Folded, book: Phrasebook): Clause[] {
  const { topics } = book;
  const clauses: Clause[] = [];
  const whole = folded.text.replace(topics.abbreviated, (found) => found.replace('.', '_'));
  for (const sentence of whole.matchAll(/[^.?!;]+[.?!;]?/g)) {
    const bounds = [0, ...cutsIn(sentence[0], topics.cuts), sentence[0].length];
    bounds.slice(0, -1).forEach((start, place) => {
      const end = bounds[place + 1] ?? start;
      const text = withoutLead(sentence[0].slice(start, end), topics.leads);
      const isLast = place === bounds.length - 2;
      if (/[\p{L}\p{N}]/u.test(text))
        clauses.push({
          text,
          from: sentence.index + start,
          to: sentence.index + end,
          asks: (isLast && sentence[0].endsWith('?')) || asks(text, topics),
        });
    });
  }
  return clauses;
}

function cutsIn(sentence: string, cuts: readonly RegExp[]): number[] {
  const found = cuts.flatMap((rule) =>
    [...sentence.matchAll(rule)].map((match) => match.index + match[0].length),
  );
  return [...new Set(found)].filter((place) => place > 0 && place < sentence.length).sort((a, b) => a - b);
}

function withoutLead(text: string, leads: ReadonlySet<string>): string {
  const words = text.split(' ');
  const first = words.findIndex((word) => /[\p{L}\p{N}]/u.test(word) && !leads.has(word));
  return first < 0 ? '' : words.slice(first).join(' ').trim();
}

function asks(text: string, topics: Phrasebook['topics']): boolean {
  return text
    .split(/[,:]/)
    .some((part) => topics.asks.says.some((rule) => matches(rule, withoutLead(part, topics.leads))));
}

function matches(rule: RegExp, text: string): boolean {
  rule.lastIndex = 0;
  return rule.test(text);
}
