import type { AskedTime } from './asked-time';
import type { GatheredFact, Mood, Reason } from './handoff';
import type { Signal } from './signal';

/** One message as the brain sees it. `at` is milliseconds since the epoch. */
export interface Turn {
  id: string;
  author: 'visitor' | 'bot' | 'agent';
  text: string;
  at: number;
}

export interface Article {
  id: string;
  title: string;
  body: string;
  category: string;
  examples: string[];
  updatedAt: number;
}

export interface Source {
  articleId: string;
  title: string;
  updatedAt: number;
}

/** Each threshold with the side on which it fires named in `lib/brain/detect`. */
export interface Thresholds {
  /** Hand off when the confidence is below this, 0..1. */
  confidence: number;
  /** Hand off when frustration is at or over this, 0..1. */
  frustration: number;
  /** The words of a turn are unkind below this, -1..1. Hands off nothing by itself. */
  polarity: number;
  /** Hand off when the same question was asked this often. */
  loop: number;
  /** Hand off when this many unrelated topics were raised, and at each new one after. */
  topics: number;
  /** Hand off when one message asks this many questions on different topics. */
  questions: number;
  /** Hand off when a refund over this amount is asked for, in the widget's currency. */
  refundOver: number;
  /** Hand off when a conversation without resolution has run for this many minutes. */
  sessionMinutes: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  confidence: 0.4,
  frustration: 0.7,
  polarity: -0.5,
  loop: 3,
  topics: 4,
  questions: 2,
  refundOver: 500,
  sessionMinutes: 10,
};

/**
 * What the brain makes of the newest visitor turn. `confidence` is the probability that `article` answers it, and null
 * where there is nothing to compare with. A fired categorical signal always yields an offer, whatever the confidence.
 */
export interface Judgement {
  article: { id: string; title: string } | null;
  alternatives: { id: string; title: string }[];
  confidence: number | null;
  /** All of them, fired or not. */
  signals: Signal[];
  mood: Mood;
  topic: string | null;
  /** What the bot says: an answer with its sources, small talk, or the sentence that precedes an offer. */
  reply: { text: string; sources: Source[] };
  offer: { reason: Reason } | null;
  /** Where the customer asks to be called: when, as far as they say. */
  call?: AskedTime;
}

export interface Summary {
  summary: string;
  keyPoints: string[];
  intent: string | null;
  mood: Mood;
  gathered: GatheredFact[];
  tried: string[];
  actions: string[];
  articles: { id: string; title: string; score: number }[];
  recovery: string | null;
  greeting: string;
}

/** A prepared knowledge base. Opaque to callers; made again whenever an article changes. */
export interface KnowledgeIndex {
  readonly version: string;
  readonly articleCount: number;
}

/** What a question that stands alone finds. */
export interface Found {
  /** The probability that the first article answers it; null where there is nothing to compare with. */
  confidence: number | null;
  /** Best first. */
  articles: { id: string; title: string; score: number }[];
  /** The place of the first of the questions that asks much the same; its own where none before it does. */
  like: number;
}

/** Where the vectors of texts are kept, so that one article saved costs the embedding of one. */
export interface KeptVectors {
  /** Those that are kept of the texts, as this model made them. */
  read(model: string, texts: readonly string[]): Promise<Map<string, Int8Array>>;
  write(model: string, vectors: ReadonlyMap<string, Int8Array>): Promise<void>;
  /** These are all the texts there are. */
  forgetOthers(model: string, texts: readonly string[]): Promise<void>;
}

/**
 * What answers, detects and summarises. Pure in its inputs: same turns, same index, same judgement. It fetches nothing;
 * whoever calls it hands it the rows.
 */
export interface Brain {
  /** At once, and by words alone. */
  index(articles: readonly Article[]): KnowledgeIndex;
  /** By meaning too, where there is a model for it. Takes its time, and none of this thread's. */
  study(articles: readonly Article[], kept: KeptVectors): Promise<KnowledgeIndex>;
  /** What each question finds, in their order. Many of them wait behind those that visitors ask. */
  find(input: { index: KnowledgeIndex; questions: readonly string[] }): Promise<Found[]>;
  judge(input: {
    turns: readonly Turn[];
    index: KnowledgeIndex;
    thresholds: Thresholds;
    now: number;
    botName: string;
  }): Promise<Judgement>;
  /** What an article says to the newest turns; null where it is not in the index. */
  quote(input: {
    index: KnowledgeIndex;
    turns: readonly Turn[];
    articleId: string;
  }): Judgement['reply'] | null;
  summarise(input: {
    turns: readonly Turn[];
    index: KnowledgeIndex;
    reason: Reason;
    customerName: string | null;
    agentName: string | null;
    signals: readonly Signal[];
  }): Promise<Summary>;
}
