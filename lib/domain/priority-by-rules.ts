import type { PriorityDecision } from './priority';
import type { RuleOutcome } from './rules';

/** A rule sets the priority over the score, but puts nobody below what always holds: a security matter stays P1. */
export function priorityByRules(byScore: PriorityDecision, ruled: RuleOutcome): PriorityDecision {
  const { priority, matched } = ruled;
  if (priority === null || (byScore.rule !== null && byScore.priority < priority)) return byScore;
  const by = matched.find(({ act }) => act.some((action) => action.do === 'priority'));
  return { priority, rule: { name: 'rule of the desk', points: 0, evidence: by?.name ?? '' } };
}
