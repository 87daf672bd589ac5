import stem from 'wink-porter2-stemmer';

const LONGEST_WORD = 40;
const LONGEST_READ = 20_000;
const CACHE_LIMIT = 50_000;
const MARKS = /\p{M}+/gu;
const APOSTROPHES = /['’‘`´]/g;
const BREAKS = /[^\p{L}\p{N}]+/u;
const PLAIN_BREAKS = /[^a-z0-9]+/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const PLAIN = /^[\x00-\x7f]*$/;
const LINKS_AND_ADDRESSES = /\S{1,64}@\S+|https?:\/\/\S+|www\.\S+/gi;
/** "e-mail" and "re-proof" are one word; "pick-up box" is three. */
const PREFIX_HYPHEN = /(?<=(?<![\p{L}\p{N}])\p{L}{1,2})[-‑](?=\p{L})/gu;
const REFERENCE = /^(?=.*\d)[a-z\d]{3,}$/;

/** How a language's words are counted when texts are compared. */
export interface WordRules {
  /** Say nothing, and are left out. */
  stopWords: ReadonlySet<string>;
  /** Stems of words that say little: they break ties and decide nothing. */
  lightWords: ReadonlySet<string>;
  /** Words that mean the same, each with the one that stands for them all. */
  sameAs: ReadonlyMap<string, string>;
  /** Matches a sentence that leans on the one before it. */
  leaning: RegExp;
}

const cache = new Map<string, string>();

export function openWords(rules: {
  stopWords: readonly string[];
  lightWords: readonly string[];
  leaning: readonly string[];
  sameWords: readonly (readonly string[])[];
}): WordRules {
  const sameAs = new Map<string, string>();
  for (const [first, ...others] of rules.sameWords) {
    for (const other of others) sameAs.set(other, first ?? other);
  }
  return {
    stopWords: new Set(rules.stopWords),
    lightWords: new Set(rules.lightWords.map(stemOf)),
    sameAs,
    leaning: new RegExp(`^(?:${rules.leaning.join('|')})(?![\\p{L}\\p{N}])`, 'iu'),
  };
}

/** The words of a text reduced to stems, without stop words, links, addresses and reference numbers. */
export function stems(text: string, rules: WordRules): string[] {
  const found: string[] = [];
  for (const word of wordsOf(text.length > LONGEST_READ ? text.slice(0, LONGEST_READ) : text)) {
    if (word === '' || word.length > LONGEST_WORD || rules.stopWords.has(word) || REFERENCE.test(word))
      continue;
    found.push(stemOf(rules.sameAs.get(word) ?? word));
  }
  return found;
}

function wordsOf(text: string): string[] {
  const hasAddress = text.includes('@') || text.includes('://') || text.includes('www.');
  let plain = (hasAddress ? text.replace(LINKS_AND_ADDRESSES, ' ') : text).toLowerCase();
  const isPlain = PLAIN.test(plain);
  if (!isPlain) plain = plain.normalize('NFKD').replace(MARKS, '');
  plain = plain.replace(APOSTROPHES, '');
  if (plain.includes('-') || plain.includes('\u2011')) plain = plain.replace(PREFIX_HYPHEN, '');
  return plain.split(isPlain ? PLAIN_BREAKS : BREAKS);
}

/** The stems that carry meaning. */
export function contentStems(text: string, rules: WordRules): string[] {
  return stems(text, rules).filter((word) => !rules.lightWords.has(word));
}

function stemOf(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_LIMIT) cache.clear();
  const made = stem(word);
  cache.set(word, made);
  return made;
}
