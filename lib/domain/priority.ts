import type { Mood, Priority, PriorityPart, Reason } from './handoff';
import {
  PART_NAMES,
  type PriorityPolicy,
  type PriorityThresholds,
  type PriorityWeights,
  WEIGHED_PARTS,
  type WeighedPart,
} from './priority-policy';

export interface PriorityFacts {
  tier: string | null;
  lifetimeValue: number | null;
  churnRisk: 'low' | 'medium' | 'high' | null;
  mood: Mood;
  conversationMs: number;
  messageCount: number;
  cancellation: boolean;
}

const PREMIUM_TIERS = new Set(['premium', 'gold', 'platinum']);
const MINUTE = 60_000;

/** Part of the score once somebody has waited this long; it orders within a priority and changes none. */
export const WAITING_PART = { afterMs: 2 * MINUTE, points: 15 } as const;

/** The score is shown no higher than this; the raw sum breaks ties. */
export function shownScore(score: number): number {
  return Math.min(100, score);
}

/** Score from 1 (requirement C3), raw: each part with its points and what it was found in. */
export function priorityScore(
  facts: PriorityFacts,
  weights: PriorityWeights,
): { score: number; parts: PriorityPart[] } {
  const parts: PriorityPart[] = [{ name: PART_NAMES.base, points: weights.base }];
  const add = (part: WeighedPart, when: boolean, evidence: string) => {
    if (when) parts.push({ name: PART_NAMES[part], points: weights[part], evidence });
  };
  const { tier, lifetimeValue, churnRisk, mood, conversationMs, messageCount, cancellation } = facts;
  add('premiumTier', tier !== null && PREMIUM_TIERS.has(tier.toLowerCase()), tier ?? '');
  add('lifetimeValue', (lifetimeValue ?? 0) > 5000, `${Math.floor(lifetimeValue ?? 0)}`);
  add('churnRisk', churnRisk === 'high', 'high');
  add('negativeMood', mood === 'frustrated', mood);
  add('longConversation', conversationMs > 10 * MINUTE, `${Math.floor(conversationMs / MINUTE)} minutes`);
  add('cancellation', cancellation, 'asked to cancel');
  add('manyMessages', messageCount > 10, `${messageCount} messages`);
  return { score: parts.reduce((sum, part) => sum + part.points, 0), parts };
}

export interface PriorityDecision {
  priority: Priority;
  /** The rule that decided in place of the score; null where the score did. */
  rule: PriorityPart | null;
}

/** By the score, from P4 up. A security matter is urgent whatever the score (a categorical rule). */
export function priorityFor(
  score: number,
  reason: Reason,
  security: boolean,
  thresholds: PriorityThresholds,
): PriorityDecision {
  const byScore = score >= thresholds[1] ? 1 : score >= thresholds[2] ? 2 : score >= thresholds[3] ? 3 : 4;
  if (security && byScore !== 1)
    return { priority: 1, rule: { name: 'security matter', points: 0, evidence: 'always P1' } };
  if (reason === 'frustration' && byScore > 2)
    return { priority: 2, rule: { name: 'frustrated customer', points: 0, evidence: 'at least P2' } };
  return { priority: byScore, rule: null };
}

/** What was known of a handoff when it entered the queue. */
export interface JudgedHandoff {
  reason: Reason;
  security: boolean;
  parts: readonly Pick<PriorityPart, 'name'>[];
}

/** The priority it would have had by this policy. */
export function priorityBy(policy: PriorityPolicy, { reason, security, parts }: JudgedHandoff): Priority {
  const score = parts.reduce((sum, { name }) => sum + (weightOf(policy.weights, name) ?? 0), 0);
  return priorityFor(score, reason, security, policy.thresholds).priority;
}

/** Undefined for the mark of a rule, which has no points. */
function weightOf(weights: PriorityWeights, name: string): number | undefined {
  const part = WEIGHED_PARTS.find((each) => PART_NAMES[each] === name);
  return part && weights[part];
}
