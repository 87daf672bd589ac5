import type { Reason } from '@/lib/domain/handoff';
import { DEFAULT_THRESHOLDS, type Summary, type Turn } from '@/lib/domain/judgement';
import type { Signal } from '@/lib/domain/signal';
import { causeBehind, moodOf } from '../decide';
import { type Dialogue, readDialogue, type Said } from '../detect/dialogue';
import { detectFrustration } from '../detect/frustration';
import { detectHumanRequest } from '../detect/human-request';
import { detectLoop } from '../detect/loop';
import type { Knowledge } from '../knowledge';
import type { Phrasebook } from '../language/phrasebook';
import { fill, fillFirst, type OfferCause, type Texts } from '../language/texts';
import { findingFor } from '../question';
import { join } from '../reply';
import { paragraphs, sentences } from '../text/sentences';
import { contentStems } from '../text/stems';
import { asGathered, type Fact, gatherFacts, givesFactsOnly } from './facts';

const CONTENT_WORDS = 3;
const BESIDE_REQUEST = 2;
const LONGEST_QUOTE = 180;
const MOST_ACTIONS = 3;
const FEWEST_ACTIONS = 2;
const MOST_ARTICLES = 3;
const WORTH_LISTING = 0.15;
const SURE_ENOUGH = 0.4;
const LOOKED_BACK = 4;
const LEAST_QUOTED = 20;

export interface SummariseInput {
  turns: readonly Turn[];
  knowledge: Knowledge;
  reason: Reason;
  customerName: string | null;
  agentName: string | null;
  signals: readonly Signal[];
  book: Phrasebook;
  texts: Texts;
}

interface Talk {
  issue: Said | null;
  latest: Said | null;
  facts: Fact[];
  tried: string[];
  articles: Summary['articles'];
  signals: readonly Signal[];
  cause: OfferCause | null;
  slots: Record<string, string | null>;
}

/** A handoff in filled slots: what it is about, what was tried, what is known, the mood, and what to do next. */
export function summariseTalk(input: SummariseInput): Summary {
  const { texts, turns, book, knowledge } = input;
  const dialogue = readDialogue(turns, book);
  const talk = gather(input, dialogue);
  const mood = moodOf(talk.signals, DEFAULT_THRESHOLDS);
  const recovery =
    mood === 'frustrated' || talk.cause === 'frustration'
      ? fillFirst(texts.recovery, talk.slots, 1)[0]
      : null;
  return {
    summary: summaryText(input, talk),
    keyPoints: keyPoints(input, talk),
    intent: intentOf(talk, knowledge, dialogue, texts),
    mood: talk.cause === 'frustration' ? 'frustrated' : mood,
    gathered: asGathered(talk.facts, texts),
    tried: talk.tried,
    actions: actionsFor(talk, texts),
    articles: talk.articles,
    recovery: recovery ?? null,
    greeting: greetingFor(input, talk),
  };
}

function actionsFor({ cause, slots }: Talk, texts: Texts): string[] {
  const wanted = texts.actions[cause ?? 'any'].flatMap((action) => {
    if (typeof action === 'string') return [action];
    return slots[action.unless] === null ? [action.text] : [];
  });
  const own = fillFirst(wanted, slots, MOST_ACTIONS);
  return own.length >= FEWEST_ACTIONS ? own : [...new Set([...own, texts.carryOn])];
}

function gather(input: SummariseInput, dialogue: Dialogue | null): Talk {
  const { turns, knowledge, book, texts } = input;
  const said = dialogue?.said ?? [];
  const content = dialogue === null ? [] : said.filter((one) => saysSomething(one, dialogue));
  const issue =
    content.find((one) => contentStems(one.turn.text, book.words).length >= CONTENT_WORDS) ??
    content[0] ??
    said.find((one) => one.smallTalk.size === 0) ??
    null;
  const latest = content[content.length - 1] ?? null;
  const facts = gatherFacts(turns, knowledge, book);
  const signals = completed(input.signals, dialogue);
  const tried = answeredFrom(turns, dialogue, knowledge);
  const articles = dialogue === null ? [] : relatedTo(content, dialogue, knowledge);
  const fact = (label: Fact['label']): string | null =>
    facts.find((one) => one.label === label)?.value ?? null;
  const loop = signals.find((signal) => signal.name === 'loop')?.value ?? 0;
  return {
    issue,
    latest: latest === issue ? null : latest,
    facts,
    tried,
    articles,
    signals,
    cause: causeBehind(input.reason, signals),
    slots: {
      order: fact('order'),
      item: fact('item'),
      amount: fact('amount'),
      article: articles.find(({ title }) => !tried.includes(title))?.title ?? null,
      tried:
        tried.length === 0
          ? null
          : join(
              tried.map((title) => `“${title}”`),
              texts.lists.and,
            ),
      count: loop >= 2 ? String(loop) : null,
      issue: content[0] === undefined ? null : clip(content[0].turn.text),
      latest: latest === null ? null : clip(latest.turn.text),
      customer: input.customerName,
      agent: input.agentName,
      topic: null,
    },
  };
}

/** A turn that carries the matter: no small talk, no bare detail, no bare call for a person. */
function saysSomething(said: Said, dialogue: Dialogue): boolean {
  const { book } = dialogue;
  if (said.smallTalk.size > 0 || givesFactsOnly(said.turn, book)) return false;
  const request = detectHumanRequest({ ...dialogue, newest: said });
  if (!request.fired) return true;
  const { start, end } = request.evidence[0] ?? { start: 0, end: 0 };
  const rest = `${said.turn.text.slice(0, start)} ${said.turn.text.slice(end)}`;
  const context = new Set(book.language.facts.order.flatMap((word) => contentStems(word, book.words)));
  return contentStems(rest, book.words).filter((word) => !context.has(word)).length >= BESIDE_REQUEST;
}

/** Mood and loop are measured afresh where the caller has no signals of them. */
function completed(given: readonly Signal[], dialogue: Dialogue | null): readonly Signal[] {
  if (dialogue === null) return given;
  const missing = [
    detectFrustration(dialogue, DEFAULT_THRESHOLDS.frustration),
    detectLoop(dialogue, DEFAULT_THRESHOLDS.loop, { topArticle: () => null, alike: () => null }),
  ].filter(({ name }) => !given.some((signal) => signal.name === name));
  return [...given, ...missing];
}

/** Titles of the articles whose sentences the bot has quoted, in the order in which it did. */
function answeredFrom(turns: readonly Turn[], dialogue: Dialogue | null, knowledge: Knowledge): string[] {
  const titles = new Set<string>();
  if (dialogue === null) return [];
  for (const turn of turns.filter(({ author }) => author === 'bot')) {
    const asking = dialogue.said.filter((said) => turns.indexOf(said.turn) < turns.indexOf(turn)).at(-1);
    const candidates = asking === undefined ? [] : findingFor(asking, dialogue, knowledge).ranking.candidates;
    for (const candidate of candidates.slice(0, MOST_ARTICLES)) {
      const article = knowledge.article(candidate.article);
      if (article === null || !quotes(turn.text, article.body)) continue;
      titles.add(article.title);
      break;
    }
  }
  return [...titles];
}

function quotes(text: string, body: string): boolean {
  const held = paragraphs(body).flatMap(sentences);
  return held.some((sentence) => sentence.length >= LEAST_QUOTED && text.includes(sentence));
}

function relatedTo(asked: readonly Said[], dialogue: Dialogue, knowledge: Knowledge): Summary['articles'] {
  const best = new Map<string, Summary['articles'][number]>();
  for (const said of asked.slice(-LOOKED_BACK)) {
    for (const candidate of findingFor(said, dialogue, knowledge).ranking.candidates) {
      const article = knowledge.article(candidate.article);
      const score = Math.min(1, Math.round(candidate.score * 100) / 100);
      if (article === null || score < WORTH_LISTING || (best.get(article.id)?.score ?? 0) >= score) continue;
      best.set(article.id, { id: article.id, title: article.title, score });
    }
  }
  return [...best.values()]
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, MOST_ARTICLES);
}

function summaryText({ texts, customerName, reason }: SummariseInput, talk: Talk): string {
  const issue = talk.issue === null ? null : clip(talk.issue.turn.text);
  const slots = { ...talk.slots, issue };
  const opening =
    issue === null
      ? texts.summary.nothingAsked
      : fill(customerName === null ? texts.summary.issueUnnamed : texts.summary.issue, slots);
  const latest = talk.latest === null ? null : fill(texts.summary.latest, slots);
  const tried = fill(texts.summary.tried, slots) ?? (talk.issue === null ? null : texts.summary.triedNothing);
  const because = fillFirst(texts.because[talk.cause ?? fallbackFor(reason)], slots, 1)[0] ?? null;
  return [opening, latest, tried, because].filter((sentence) => sentence !== null).join(' ');
}

function keyPoints({ texts, reason }: SummariseInput, talk: Talk): string[] {
  const slots = { ...talk.slots, issue: talk.issue === null ? null : clip(talk.issue.turn.text) };
  const details = talk.facts.map(({ label, value }) => `${texts.facts[label]}: ${value}`);
  return [
    ...fillFirst([texts.points.asked], slots, 1),
    ...(talk.latest === null ? [] : fillFirst([texts.points.latest], slots, 1)),
    ...fillFirst(texts.because[talk.cause ?? fallbackFor(reason)], slots, 1),
    ...(details.length === 0 ? [] : [details.join(' · ')]),
    ...fillFirst([texts.points.tried], slots, 1),
    ...(talk.cause === 'loop' ? [] : fillFirst([texts.points.repeated], slots, 1)),
  ];
}

function fallbackFor(reason: Reason): 'takeover' | 'error' | 'offered' {
  if (reason === 'agent_takeover') return 'takeover';
  return reason === 'error' ? 'error' : 'offered';
}

function intentOf(talk: Talk, knowledge: Knowledge, dialogue: Dialogue | null, texts: Texts): string | null {
  for (const { name } of talk.signals.filter((signal) => signal.fired)) {
    const intent = Object.entries(texts.intents).find(([cause]) => cause === name)?.[1];
    if (intent !== undefined) return intent;
  }
  const asked = talk.issue ?? talk.latest;
  if (asked === null || dialogue === null) return null;
  const finding = findingFor(asked, dialogue, knowledge);
  const best = finding.ranking.candidates[0];
  if (best === undefined || finding.confidence === null || finding.confidence < SURE_ENOUGH) return null;
  return knowledge.article(best.article)?.title ?? null;
}

/** Written for the agent to send: the names that are known, what was read, and one next step. */
function greetingFor({ texts, customerName, agentName }: SummariseInput, talk: Talk): string {
  const { greeting, subject } = texts;
  const hello =
    customerName !== null
      ? agentName !== null
        ? greeting.both
        : greeting.customerOnly
      : agentName !== null
        ? greeting.agentOnly
        : greeting.neither;
  const first = customerName?.trim().split(/\s+/)[0] ?? null;
  const agent = agentName?.trim().split(/\s+/)[0] ?? null;
  const about = fillFirst([subject.order, subject.item], talk.slots, 1)[0] ?? null;
  const parts = [
    fill(hello, { customer: first, agent }),
    about === null ? greeting.aboutAll : fill(greeting.about, { subject: about }),
    talk.cause === null ? greeting.next.any : (greeting.next[talk.cause] ?? greeting.next.any),
  ];
  return parts.filter((part) => part !== null).join(' ');
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_QUOTE) return line;
  const cut = line.slice(0, LONGEST_QUOTE);
  const shown = cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST_QUOTE - 30));
  return `${shown.replace(/\p{Surrogate}/gu, '')}…`;
}
