import { isOneEditApart } from './edit-distance';

/** A stretch of the original text, in UTF-16 offsets as everywhere in JavaScript. */
export interface Span {
  start: number;
  end: number;
}

/** A text made plain for phrase rules, which still knows where each word stood. */
export interface Folded {
  text: string;
  words: number;
  spanOf(from: number, to: number): Span;
}

export interface FoldingRules {
  shortForms: Readonly<Record<string, string>>;
  endings: Readonly<Record<string, string>>;
  targets: readonly string[];
  realWords: ReadonlySet<string>;
}

const LONGEST = 4000;
const PIECES = /[\p{L}\p{M}\p{N}]+(?:['’‘`´][\p{L}\p{M}]+)*|[.?!,;:…]+|\s+|./gsu;
const WORD = /[\p{L}\p{N}]/u;
const SENTENCE_MARK = /^[.?!,;:…]/;
const APOSTROPHE = /['’‘`´]/;
const SHORTEST_FORGIVEN = 4;

/** Lower case, no accents, short forms written out, small slips in `targets` forgiven; sentence marks stand alone. */
export function fold(text: string, rules: FoldingRules): Folded {
  const parts: string[] = [];
  const places: { from: number; to: number; span: Span }[] = [];
  let length = 0;
  let words = 0;
  for (const match of text.slice(0, LONGEST).matchAll(PIECES)) {
    const piece = plain(match[0], rules);
    if (piece === '') continue;
    if (WORD.test(piece)) words += piece.split(' ').length;
    const from = length === 0 ? 0 : length + 1;
    length = from + piece.length;
    parts.push(piece);
    places.push({ from, to: length, span: { start: match.index, end: match.index + match[0].length } });
  }
  return {
    text: parts.join(' '),
    words,
    spanOf: (from, to) => {
      const touched = places.filter((place) => place.from < to && place.to > from);
      return { start: touched[0]?.span.start ?? 0, end: touched[touched.length - 1]?.span.end ?? 0 };
    },
  };
}

function plain(piece: string, rules: FoldingRules): string {
  if (SENTENCE_MARK.test(piece))
    return piece.includes('?') ? '?' : piece.includes('!') ? '!' : piece.charAt(0);
  if (!WORD.test(piece)) return '';
  const lower = piece
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  const [head = '', ...tail] = lower.split(APOSTROPHE);
  const joined = head + tail.join('');
  const short = own(rules.shortForms, joined);
  if (short !== undefined) return short;
  if (tail.length === 0) return forgive(lower, rules);
  const ending = own(rules.endings, tail.join(''));
  return ending === undefined ? joined : `${head}${ending}`;
}

function forgive(word: string, rules: FoldingRules): string {
  if (word.length < SHORTEST_FORGIVEN || rules.realWords.has(word) || /\d/.test(word)) return word;
  return rules.targets.find((target) => isOneEditApart(word, target)) ?? word;
}

function own(map: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
