import { SentimentIntensityAnalyzer } from 'vader-sentiment';

const LONGEST_READ = 2000;
/** What goes wrong with things every day: bad for the lexicon, and said of parcels and cards without any feeling. */
const PLAIN =
  /\b(?:lost|lose|losing|stolen|steal|fraud\w*|problems?|errors?|cancel\w*|declined?|failed|fail(?:s|ing)?|broken?|broke|damaged?|missing|wrong|block(?:ed)?|stop(?:ped)?|debts?|fees?|charged?|limit(?:ed)?|refused?|disputes?|emergency|urgent|free|win|interest|credit|please|like|help|want|care|support|trust|active|share|novel|top|well)\b/giu;

/** How kind or unkind the words of a text are, -1..1, by the VADER lexicon; words of every day's trouble weigh nothing. */
export function englishPolarity(text: string): number {
  return SentimentIntensityAnalyzer.polarity_scores(text.slice(0, LONGEST_READ).replace(PLAIN, ' ')).compound;
}
