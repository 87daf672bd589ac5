import type { Mood, Priority, PriorityPart, Reason } from './handoff';

export interface PriorityFacts {
  tier: string | null;
  lifetimeValue: number | null;
  churnRisk: 'low' | 'medium' | 'high' | null;
  mood: Mood;
  conversationMs: number;
  messageCount: number;
  cancellation: boolean;
}

const BASE = 50;
const PREMIUM_TIERS = new Set(['premium', 'gold', 'platinum']);
const MINUTE = 60_000;

/** Part of the score once somebody has waited this long; it orders within a priority and changes none. */
export const WAITING_PART = { afterMs: 2 * MINUTE, points: 15 } as const;

/** The score is shown no higher than this; the raw sum breaks ties. */
export function shownScore(score: number): number {
  return Math.min(100, score);
}

/** Score from 1 (requirement C3), raw: each part with its points and what it was found in. */
export function priorityScore(facts: PriorityFacts): { score: number; parts: PriorityPart[] } {
  const parts: PriorityPart[] = [{ name: 'base', points: BASE }];
  const add = (name: string, points: number, when: boolean, evidence: string) => {
    if (when) parts.push({ name, points, evidence });
  };
  const { tier, lifetimeValue, churnRisk, mood, conversationMs, messageCount, cancellation } = facts;
  add('premium tier', 20, tier !== null && PREMIUM_TIERS.has(tier.toLowerCase()), tier ?? '');
  add('lifetime value over 5000', 15, (lifetimeValue ?? 0) > 5000, `${Math.floor(lifetimeValue ?? 0)}`);
  add('churn risk', 25, churnRisk === 'high', 'high');
  add('negative mood', 20, mood === 'frustrated', mood);
  add(
    'conversation over 10 minutes',
    10,
    conversationMs > 10 * MINUTE,
    `${Math.floor(conversationMs / MINUTE)} minutes`,
  );
  add('cancellation', 15, cancellation, 'asked to cancel');
  add('over 10 messages', 10, messageCount > 10, `${messageCount} messages`);
  return { score: parts.reduce((sum, part) => sum + part.points, 0), parts };
}

export interface PriorityDecision {
  priority: Priority;
  /** The rule that decided in place of the score; null where the score did. */
  rule: PriorityPart | null;
}

/** P1 from 85, P2 from 65, P3 from 40, else P4. A security matter is urgent whatever the score (a categorical rule). */
export function priorityFor(score: number, reason: Reason, security: boolean): PriorityDecision {
  const byScore = score >= 85 ? 1 : score >= 65 ? 2 : score >= 40 ? 3 : 4;
  if (security && byScore !== 1)
    return { priority: 1, rule: { name: 'security matter', points: 0, evidence: 'always P1' } };
  if (reason === 'frustration' && byScore > 2)
    return { priority: 2, rule: { name: 'frustrated customer', points: 0, evidence: 'at least P2' } };
  return { priority: byScore, rule: null };
}
