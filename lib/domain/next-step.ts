import type { PassedOver, RoutingDecision } from './routing';
import type { RoutingSettings } from './routing-settings';

/** A waiting handoff, with what the teams it has reached answer when they are asked now: its own first. */
export interface RoutedHandoff {
  id: string;
  waitingSince: number;
  /** How many teams of the chain it has reached. */
  widened: number;
  ring: { agentId: string; until: number } | null;
  /** When it was last declined or rang out; null if never. */
  declinedAt: number | null;
  decisions: readonly RoutingDecision[];
}

/**
 * What happens next to a waiting handoff. `at` is the instant at which it does, now or later; without one it waits for
 * what an agent does: a claim by hand, or one of a team it has reached who comes or becomes free.
 */
export type NextStep =
  | { kind: 'ring'; agentId: string; teamId: string; at: number; until: number }
  | { kind: 'end_ring'; agentId: string; at: number }
  | { kind: 'widen'; teamId: string; at: number }
  | { kind: 'ask_again'; at: number }
  | { kind: 'wait'; for: 'claim' | 'free_agent' }
  | { kind: 'none' };

/**
 * A ring ends first; then the chain is widened if it is time, even while others could be rung, so that many who do not
 * answer cannot hold it up; then the best agent is rung. When all who are there have declined, they are asked again after
 * as long as a ring; while somebody who is there may come free, ten times later. `none`: nobody could ever take it.
 */
export function nextStep(waiting: RoutedHandoff, settings: RoutingSettings, now: number): NextStep {
  const { ring, decisions } = waiting;
  if (ring) return { kind: 'end_ring', agentId: ring.agentId, at: Math.max(now, ring.until) };
  const widening = nextWidening(waiting, settings, now);
  if (widening && widening.at <= now) return widening;
  for (const { pick, teamId } of decisions) {
    if (pick !== null) return { kind: 'ring', agentId: pick, teamId, at: now, until: now + settings.ringMs };
  }
  const asking = nextAsking(waiting, settings, now);
  if (asking && !(widening && widening.at < asking.at)) return asking;
  if (widening) return widening;
  if (decisions.some(mayBeClaimed)) return { kind: 'wait', for: 'claim' };
  return decisions.some(mayComeFree) ? { kind: 'wait', for: 'free_agent' } : { kind: 'none' };
}

/** The next team of the chain and when it is asked: each after its wait, counted from the one before. */
function nextWidening(
  { waitingSince, widened }: Pick<RoutedHandoff, 'waitingSince' | 'widened'>,
  { chain }: Pick<RoutingSettings, 'chain'>,
  now: number,
): Extract<NextStep, { kind: 'widen' }> | null {
  const next = chain[widened];
  if (!next) return null;
  const waits = chain.slice(0, widened + 1).reduce((sum, { afterMs }) => sum + afterMs, 0);
  return { kind: 'widen', teamId: next.teamId, at: Math.max(now, waitingSince + waits) };
}

function nextAsking(
  { decisions, declinedAt, waitingSince }: RoutedHandoff,
  { ringMs }: RoutingSettings,
  now: number,
): Extract<NextStep, { kind: 'ask_again' }> | null {
  const declined = decisions.some(({ passedOver }) => passedOver.declined > 0);
  if (!declined || decisions.some(mayBeClaimed)) return null;
  const patience = decisions.some((decision) => some(decision, PRESENT)) ? 10 : 1;
  return { kind: 'ask_again', at: Math.max(now, (declinedAt ?? waitingSince) + ringMs * patience) };
}

function mayBeClaimed(decision: RoutingDecision): boolean {
  return decision.mode === 'manual' && (decision.eligible > 0 || some(decision, [...COMING, 'declined']));
}

function mayComeFree(decision: RoutingDecision): boolean {
  return decision.mode !== 'manual' && some(decision, COMING);
}

const PRESENT: readonly PassedOver[] = ['away', 'busy', 'full'];
const COMING: readonly PassedOver[] = ['offline', ...PRESENT];

function some({ passedOver }: RoutingDecision, reasons: readonly PassedOver[]): boolean {
  return reasons.some((reason) => passedOver[reason] > 0);
}
