const LONGEST = 1200;
const MARKUP = /https?:|www\.|\]\(|<[a-z/!]/i;
const SENTENCE_END = /[.!?…]["'”’)\]»]*(?=\s)|[。！？\n]/gu;

/** What a model has written so far, as far as it may be shown. */
export interface Sayable {
  /** Whole sentences; the words after the last one too where nothing more comes. It only ever grows at its end. */
  text: string;
  /** Why nothing more of it may be shown. For markup, which is none of a model's business, nothing of it may. */
  fault: 'markup' | 'too_long' | null;
}

/** `isWhole`: nothing more comes. */
export function sayable(written: string, isWhole: boolean): Sayable {
  const tidy = written
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[^\P{C}\n]/gu, '')
    .trim();
  if (MARKUP.test(tidy)) return { text: '', fault: 'markup' };
  const isLong = tidy.length > LONGEST;
  if (isWhole && !isLong) return { text: tidy, fault: null };
  const end = [...tidy.matchAll(SENTENCE_END)]
    .map((match) => match.index + match[0].length)
    .findLast((at) => at <= LONGEST);
  return { text: tidy.slice(0, end ?? 0).trim(), fault: isLong ? 'too_long' : null };
}
