import type { Signal } from './signal';

/** Why a handoff was offered. The codes are those of the bot contract, so that any bot can name them. */
export const REASONS = [
  'requested_by_customer',
  'low_confidence',
  'out_of_scope',
  'sensitive_topic',
  'frustration',
  'loop',
  'rule',
  'session_limit',
  'opportunity',
  'agent_takeover',
  'error',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * `follow_up`: answered when somebody is there again, by e-mail to whoever is away by then. `form`: the same, about what
 * the customer has filled in. `callback`: we call, at a time that was agreed or within so long.
 */
export const PATHS = ['live', 'follow_up', 'form', 'callback', 'takeover'] as const;
export type Path = (typeof PATHS)[number];

/** Nobody sits and waits: the bot goes on helping while it is in the queue. */
export const UNATTENDED_PATHS: readonly Path[] = ['follow_up', 'form', 'callback'];

/** `filling`: the customer has a form, and the bot goes on until it is submitted. */
export const HANDOFF_STATES = [
  'offered',
  'collecting',
  'filling',
  'scheduled',
  'pending',
  'claimed',
  'resolved',
  'declined',
  'cancelled',
  'returned',
] as const;
export type HandoffState = (typeof HANDOFF_STATES)[number];

export const OUTCOMES = ['resolved', 'declined', 'cancelled', 'returned'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How far an offer came, for figures that count only those which came so far. */
export const STAGES = [
  'queued',
  'claimed',
  'open',
  'unanswered',
  'breached',
  'misrouted',
  'estimated',
  'in_range',
  'sooner',
  'later',
] as const;
export type Stage = (typeof STAGES)[number];

export type Priority = 1 | 2 | 3 | 4;

export interface PriorityPart {
  name: string;
  points: number;
  /** What it was found in, for the desk; the log keeps names and points. */
  evidence?: string;
}

/** A fact the visitor gave, and the message that gave it: what nobody may ask for twice. */
export interface GatheredFact {
  label: string;
  value: string;
  messageId: string;
}

/** What the agent receives with a handoff: a snapshot taken when the customer entered the queue. */
export interface HandoffContext {
  summary: string;
  keyPoints: string[];
  intent: string | null;
  mood: Mood;
  confidence: number | null;
  gathered: GatheredFact[];
  tried: string[];
  actions: string[];
  articles: { id: string; title: string; score: number }[];
  signals: Signal[];
  /** Words for the agent of a frustrated customer: empathy first. Null when the mood is calm. */
  recovery: string | null;
  /** Greeting drafted from the context, for the agent to send, edit or drop. */
  greeting: string;
  messageCount: number;
  startedAt: number;
}

export const MOODS = ['calm', 'uneasy', 'frustrated'] as const;
export type Mood = (typeof MOODS)[number];

const OPEN_HANDOFF_STATES: readonly HandoffState[] = [
  'offered',
  'collecting',
  'filling',
  'scheduled',
  'pending',
  'claimed',
];

export function isOpenHandoff(state: HandoffState): boolean {
  return OPEN_HANDOFF_STATES.includes(state);
}
