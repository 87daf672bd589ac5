import type { Judgement, Thresholds, Turn } from '@/lib/domain/judgement';
import type { Signal } from '@/lib/domain/signal';
import { alternativesAmong, causeOf, moodOf, reasonFor } from './decide';
import { askedCall } from './detect/asked-call';
import { detectCancellation } from './detect/cancellation';
import { detectCase } from './detect/case';
import { detectComplaint } from './detect/complaint';
import { type Dialogue, readDialogue, type Said } from './detect/dialogue';
import { detectFinancial } from './detect/financial';
import { detectFrustration } from './detect/frustration';
import { detectHumanRequest } from './detect/human-request';
import { detectLegal } from './detect/legal';
import { detectLongSession } from './detect/long-session';
import { detectLoop } from './detect/loop';
import { detectLowConfidence } from './detect/low-confidence';
import { detectMedical } from './detect/medical';
import { detectMultiQuestion } from './detect/multi-question';
import { detectOutOfScope, isPlainlyOffTopic } from './detect/out-of-scope';
import { detectPolarity } from './detect/polarity';
import { detectRefund, type RefundAsked } from './detect/refund';
import { detectSecurity } from './detect/security';
import { detectTopicSwitches } from './detect/topic-switches';
import type { Finding, Knowledge } from './knowledge';
import type { Phrasebook } from './language/phrasebook';
import type { OfferCause, Texts } from './language/texts';
import { findingFor } from './question';
import { answerReply, listTopics, offerReply, say, smallTalkReply } from './reply';
import { givesFactsOnly } from './summarise/facts';
import { contentStems } from './text/stems';

export interface JudgeInput {
  turns: readonly Turn[];
  knowledge: Knowledge;
  thresholds: Thresholds;
  now: number;
  botName: string;
  book: Phrasebook;
  texts: Texts;
}

interface Reading {
  dialogue: Dialogue;
  finding: Finding;
  isSmallTalk: boolean;
  /** Some article answers with enough confidence. */
  isAnswered: boolean;
  isFactsOnly: boolean;
  refund: RefundAsked;
  signals: Signal[];
}

/** What to make of the newest visitor turn: signals first, then the cause they give, then what to say. */
export function judgeNewest(input: JudgeInput): Judgement {
  const dialogue = readDialogue(input.turns, input.book);
  if (dialogue === null) return nothingSaid(input);
  const reading = read(dialogue, input);
  const cause = reading.isSmallTalk ? causeInSmallTalk(reading.signals) : causeOf(reading.signals);
  const article = bestArticle(reading.finding, input.knowledge);
  const isUnsure = cause === 'low_confidence' || cause === 'out_of_scope';
  const alternatives = isUnsure ? closeArticles(reading, input.knowledge) : [];
  const isDeclined = isUnsure && isPlainlyOffTopic(dialogue);
  const call = cause === 'human_request' ? askedCall(dialogue.newest.turn.text) : null;
  return {
    article: reading.isSmallTalk || article === null ? null : { id: article.id, title: article.title },
    alternatives,
    confidence: reading.isSmallTalk ? null : reading.finding.confidence,
    signals: reading.signals,
    mood: moodOf(reading.signals, input.thresholds),
    topic: topicOf(dialogue, input),
    reply: replyTo(reading, cause, alternatives, input),
    offer: cause === null || isDeclined ? null : { reason: reasonFor(cause) },
    ...(call === null ? {} : { call }),
  };
}

function read(dialogue: Dialogue, { knowledge, thresholds, now }: JudgeInput): Reading {
  const finding = findingFor(dialogue.newest, dialogue, knowledge);
  const isAnswered = finding.confidence !== null && finding.confidence >= thresholds.confidence;
  // Who wrote an article about greetings wants it used.
  const isSmallTalk = dialogue.newest.smallTalk.size > 0 && !isAnswered;
  const confidence = isSmallTalk ? null : finding.confidence;
  const human = detectHumanRequest(dialogue);
  const frustration = detectFrustration(dialogue, thresholds.frustration);
  const refund = detectRefund(dialogue, thresholds.refundOver);
  const articleOf = (said: Said, from: number): string | null => {
    const found = findingFor(said, dialogue, knowledge);
    return (found.confidence ?? 0) < from ? null : (bestArticle(found, knowledge)?.id ?? null);
  };
  return {
    dialogue,
    finding,
    isSmallTalk,
    isAnswered,
    isFactsOnly: !isSmallTalk && givesFactsOnly(dialogue.newest.turn, dialogue.book),
    refund,
    signals: [
      human,
      detectLegal(dialogue),
      detectMedical(dialogue),
      detectFinancial(dialogue),
      detectSecurity(dialogue),
      detectCase('compliance', dialogue),
      detectCase('regulated_transaction', dialogue),
      detectCase('sensitive_change', dialogue),
      refund.overLimit,
      detectCancellation(dialogue),
      refund.asked,
      detectCase('billing_dispute', dialogue),
      detectComplaint(dialogue),
      detectCase('policy_exception', dialogue),
      detectCase('enterprise', dialogue),
      frustration,
      detectLoop(dialogue, thresholds.loop, {
        topArticle: (said) => articleOf(said, 0),
        alike: (a, b) => knowledge.alike(a.turn.text, b.turn.text),
      }),
      detectMultiQuestion(dialogue, thresholds.questions),
      detectTopicSwitches(dialogue, thresholds.topics, (said) => articleOf(said, thresholds.confidence)),
      detectLowConfidence(dialogue, confidence, thresholds.confidence),
      detectOutOfScope(
        dialogue,
        confidence === null ? null : finding.ranking,
        isAnswered || human.fired || frustration.fired,
      ),
      detectLongSession(dialogue, thresholds.sessionMinutes, now),
      detectPolarity(dialogue, thresholds.polarity),
    ],
  };
}

const ABOUT_QUESTIONS: readonly string[] = [
  'loop',
  'multi_question',
  'topic_switches',
  'low_confidence',
  'out_of_scope',
  'long_session',
];
/** A person is offered beside the answer, where there is a good one. */
const ANSWERED_TOO: readonly OfferCause[] = ['refund', 'multi_question', 'topic_switches', 'long_session'];

/** A greeting or a thank-you asks nothing, so no struggle can be read from it; all else counts. */
function causeInSmallTalk(signals: readonly Signal[]): OfferCause | null {
  return causeOf(signals.filter(({ name }) => !ABOUT_QUESTIONS.includes(name)));
}

function replyTo(
  reading: Reading,
  cause: OfferCause | null,
  alternatives: Judgement['alternatives'],
  { knowledge, botName, texts, turns }: JudgeInput,
): Judgement['reply'] {
  const { dialogue, finding } = reading;
  const said = turns.filter((turn) => turn.author === 'bot').map((turn) => turn.text);
  const slots = {
    bot: botName,
    topics: listTopics(knowledge.corpus.articles, texts),
    amount: reading.refund.amount?.text ?? null,
    count: String(reading.signals.find((signal) => signal.name === 'loop')?.value ?? ''),
  };
  const isAnsweredToo =
    cause !== null && ANSWERED_TOO.includes(cause) && (reading.isAnswered || cause === 'long_session');
  if (cause !== null && !isAnsweredToo) {
    const isNoted = cause === 'low_confidence' && reading.isFactsOnly;
    const text = isNoted
      ? say(texts.noted, slots, said)
      : offerReply(cause, texts, slots, alternatives, said);
    return { text, sources: [] };
  }
  if (reading.isSmallTalk) return { text: smallTalkReply(dialogue, texts, slots, said), sources: [] };
  const article = bestArticle(finding, knowledge);
  if (article === null || finding.confidence === null) return { text: texts.nothingToLookIn, sources: [] };
  const answer = answerReply(article, wordsToAnswer(dialogue, finding), dialogue, said);
  const after =
    cause !== null ? offerReply(cause, texts, slots, [], said) : asksSoftly(reading) ? texts.softHint : null;
  return after === null ? answer : { ...answer, text: `${answer.text}\n\n${after}` };
}

/** A follow-up is answered by its own words where it has any. */
function wordsToAnswer({ newest, book }: Dialogue, finding: Finding): string {
  return contentStems(newest.turn.text, book.words).length > 0 ? newest.turn.text : finding.question;
}

function asksSoftly({ signals }: Reading): boolean {
  return signals.some((signal) => signal.name === 'human_request' && signal.value !== 0 && !signal.fired);
}

function bestArticle(finding: Finding, knowledge: Knowledge): ReturnType<Knowledge['article']> {
  const best = finding.ranking.candidates[0];
  return best === undefined ? null : knowledge.article(best.article);
}

function closeArticles({ finding, isFactsOnly }: Reading, knowledge: Knowledge): Judgement['alternatives'] {
  if (isFactsOnly) return [];
  return alternativesAmong(
    finding.ranking.candidates.flatMap((candidate) => {
      const article = knowledge.article(candidate.article);
      return article === null ? [] : [{ id: article.id, title: article.title, score: candidate.score }];
    }),
  );
}

/** The category, or else the title, of the article that last answered with confidence. */
function topicOf(dialogue: Dialogue, { knowledge, thresholds }: JudgeInput): string | null {
  for (const said of dialogue.said.slice(-4).reverse()) {
    if (said.smallTalk.size > 0) continue;
    const finding = findingFor(said, dialogue, knowledge);
    if (finding.confidence === null || finding.confidence < thresholds.confidence) continue;
    const article = bestArticle(finding, knowledge);
    if (article !== null) return article.category || article.title;
  }
  return null;
}

function nothingSaid({ botName, texts, knowledge }: JudgeInput): Judgement {
  const slots = { bot: botName, topics: listTopics(knowledge.corpus.articles, texts) };
  return {
    article: null,
    alternatives: [],
    confidence: null,
    signals: [],
    mood: 'calm',
    topic: null,
    reply: { text: say(texts.smallTalk.greeting, slots, []), sources: [] },
    offer: null,
  };
}
