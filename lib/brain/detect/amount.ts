import type { CurrencyWords, Language } from '../language/language';
import type { Span } from '../text/folded';

export interface Amount {
  value: number;
  currency: string | null;
  /** As the visitor wrote it. */
  text: string;
  span: Span;
}

const LONGEST_READ = 4000;
const NUMBER = String.raw`\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?`;

/** Amounts of money in a text, in figures or words; a bare number is none unless `alsoBare` says so. */
export function amountsIn(whole: string, language: Language, alsoBare = false): Amount[] {
  const text = whole.slice(0, LONGEST_READ);
  const found = [...inFigures(text, language.currencies, alsoBare), ...inWords(text, language)];
  return found
    .sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)
    .filter((amount, index, all) => !all.slice(0, index).some((other) => other.span.end > amount.span.start));
}

/** 1,240.50 and 1.240,50 are the same amount; a single mark before three figures groups thousands. */
export function readNumber(written: string): number {
  const plain = written.replace(/['’\s\u00a0\u202f]/g, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  if (last < 0) return Number(plain);
  const decimals = plain.length - last - 1;
  const isGrouping = decimals === 3;
  const whole = (isGrouping ? plain : plain.slice(0, last)).replace(/[.,]/g, '');
  return Number(isGrouping ? whole : `${whole}.${plain.slice(last + 1)}`);
}

function inFigures(text: string, currencies: readonly CurrencyWords[], alsoBare: boolean): Amount[] {
  const signs = currencies
    .flatMap((currency) => currency.signs)
    .map(literal)
    .join('|');
  const names = currencies.flatMap((currency) => currency.words).join('|');
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}.,#-])(?:(?<before>${signs}|\\b(?:${names})\\b)\\s?)?(?<number>${NUMBER})(?:[.,]-)?(?![\\p{N}])(?:\\s?(?<after>${signs}|(?:${names})\\b))?(?![\\p{N}%-])`,
    'giu',
  );
  const found: Amount[] = [];
  for (const match of text.matchAll(pattern)) {
    const currency = currencyOf(match.groups?.before ?? match.groups?.after, currencies);
    if (currency === null && !alsoBare) continue;
    const value = readNumber(match.groups?.number ?? '');
    if (!Number.isFinite(value)) continue;
    found.push({
      value,
      currency,
      text: match[0].trim(),
      span: { start: match.index, end: match.index + match[0].trimEnd().length },
    });
  }
  return found;
}

function inWords(text: string, { numbers, currencies }: Language): Amount[] {
  const vocabulary = [...Object.keys(numbers.units), ...Object.keys(numbers.scales)].join('|');
  const names = currencies.flatMap((currency) => currency.words).join('|');
  const pattern = new RegExp(
    `\\b(?<number>(?:${vocabulary})(?:[\\s-]+(?:(?:${numbers.joins.join('|')})[\\s-]+)?(?:${vocabulary}))*)\\s+(?<currency>${names})\\b`,
    'giu',
  );
  return [...text.matchAll(pattern)].map((match) => ({
    value: readWords(match.groups?.number ?? '', numbers),
    currency: currencyOf(match.groups?.currency, currencies),
    text: match[0],
    span: { start: match.index, end: match.index + match[0].length },
  }));
}

function readWords(text: string, { units, scales }: Language['numbers']): number {
  let total = 0;
  let current = 0;
  for (const word of text.toLowerCase().split(/[\s-]+/)) {
    const scale = scales[word];
    if (scale === undefined) current += units[word] ?? 0;
    else if (scale === 100) current = Math.max(1, current) * 100;
    else {
      total += Math.max(1, current) * scale;
      current = 0;
    }
  }
  return total + current;
}

function currencyOf(word: string | undefined, currencies: readonly CurrencyWords[]): string | null {
  if (word === undefined) return null;
  const lower = word.toLowerCase();
  return currencies.find(({ signs, words }) => signs.includes(word) || words.includes(lower))?.code ?? null;
}

function literal(sign: string): string {
  return sign.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
