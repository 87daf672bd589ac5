import { addBusinessMs, type Calendar } from './business-hours';
import type { Outcome, Priority } from './handoff';
import {
  type ClockState,
  calendarOf,
  clockState,
  marksAhead,
  type SlaEntry,
  type SlaLedger,
  type SlaTerms,
  type SlaTurns,
  usedUntil,
} from './sla-ledger';
import { AT_RISK_SHARE, SLA_METRICS, type SlaMetric, type SlaPolicy, slaTarget } from './sla-policy';

/** What is true of a handoff, with the true instants (epoch ms), whenever it is looked at. */
export interface SlaFacts {
  /** When it entered Pending Handoff; for a takeover, when the agent took it. Null: not yet, and no clock runs. */
  queuedAt: number | null;
  priority: Priority;
  /** The first message of an agent. */
  firstReplyAt: number | null;
  /** Since when the customer's words stand unanswered: the first of them. Null while the customer is waited for. */
  awaitingSince: number | null;
  /** The last turn of the customer that an agent answered: its first words, and the first message after them. */
  answered: { since: number; at: number } | null;
  endedAt: number | null;
  outcome: Outcome | null;
}

export interface SlaRules {
  policy: SlaPolicy;
  /** The team's hours; null is around the clock. A policy that always counts ignores them. */
  calendar: Calendar | null;
  /** Names the calendar and its version, so that another team's, or a later one, is seen to be another. */
  calendarVersion: string | null;
}

/** What became so, to be told and recorded once. `at` is when it became so; it is never before its time. */
export type SlaMark = {
  metric: SlaMetric;
  at: number;
  startedAt: number;
  priority: Priority;
  targetMs: number | null;
  dueAt: number | null;
} & ({ kind: 'at_risk' | 'breach' } | { kind: 'met'; usedMs: number; inTime: boolean });

export interface SlaAdvance {
  /** The same object where nothing changed. */
  ledger: SlaLedger;
  /** In order of time. */
  marks: SlaMark[];
  /** The next instant at which there can be a mark though no fact changes: what the handoff's timer is set to. */
  nextDueAt: number | null;
}

/**
 * Brings the ledger of a handoff up to `now`. Every verb that changes a fact calls it, and so does the timer; called
 * again it adds nothing.
 *
 * - First response runs from Pending Handoff to the first message of an agent; resolution from there until the handoff is
 *   resolved. Next response is a clock of its own for each turn of the customer after the first reply, and is paused
 *   between them. A handoff that ends otherwise ends its clocks without a verdict.
 * - At risk from 80 % of the target on; breached from the deadline on, so that an answer at the very deadline is late. What
 *   happened before the deadline is in time however late it is looked at. A breached clock stays breached.
 * - Another priority, policy or calendar re-targets the running clocks now, from their original start: a deadline that has
 *   passed by then is a breach of now. A clock warns once for each deadline it was given, and breaches once. Where a
 *   message may have come since the last call, call with the old terms first: what it began or ended is judged by them.
 */
export function advanceSla(ledger: SlaLedger, facts: SlaFacts, rules: SlaRules, now: number): SlaAdvance {
  const draft: Draft = { ledger, marks: [], facts, rules, now };
  if (facts.queuedAt !== null) {
    advanceClock(draft, 'first_response', facts.queuedAt, firstResponseStop(facts));
    advanceTurns(draft);
    advanceClock(draft, 'resolution', facts.queuedAt, resolutionStop(facts));
  }
  const marks = draft.marks.sort((a, b) => a.at - b.at);
  return { ledger: draft.ledger, marks, nextDueAt: nextDueAt(draft.ledger) };
}

/** What is being worked on: the only thing that changes here, and it never leaves this file. */
interface Draft {
  ledger: SlaLedger;
  marks: SlaMark[];
  facts: SlaFacts;
  rules: SlaRules;
  now: number;
}

interface Stop {
  kind: 'met' | 'end';
  at: number;
}

function firstResponseStop({ firstReplyAt, endedAt }: SlaFacts): Stop | null {
  if (firstReplyAt !== null) return { kind: 'met', at: firstReplyAt };
  return endedAt === null ? null : { kind: 'end', at: endedAt };
}

function resolutionStop({ endedAt, outcome }: SlaFacts): Stop | null {
  return endedAt === null ? null : { kind: outcome === 'resolved' ? 'met' : 'end', at: endedAt };
}

function advanceClock(draft: Draft, metric: SlaMetric, startedAt: number, stop: Stop | null): void {
  const state = clockState(draft.ledger, metric);
  if (state === null) begin(draft, metric, 'start', startedAt);
  else if (state.stopped !== null) return;
  runClock(draft, metric, stop);
}

/** The turn that runs, the one that began and was answered since, the one that stands; then the end of all. */
function advanceTurns(draft: Draft): void {
  const { firstReplyAt, answered, awaitingSince, endedAt } = draft.facts;
  const before = clockState(draft.ledger, 'next_response');
  if (before?.stopped?.kind === 'end') return;
  if (before !== null && before.stopped === null) runTurn(draft, before.startedAt);
  if (firstReplyAt !== null) {
    if (answered !== null && answered.at > firstReplyAt) takeUpTurn(draft, firstReplyAt, answered.since);
    if (awaitingSince !== null) takeUpTurn(draft, firstReplyAt, awaitingSince);
  }
  const last = clockState(draft.ledger, 'next_response');
  if (endedAt !== null && last?.stopped) {
    closeTurn(draft, last, { kind: 'end', at: endedAt, usedMs: last.stopped.usedMs }, last.turns);
  }
}

function takeUpTurn(draft: Draft, firstReplyAt: number, since: number): void {
  const last = clockState(draft.ledger, 'next_response');
  if (since < firstReplyAt || (last !== null && since <= last.startedAt)) return;
  begin(draft, 'next_response', last === null ? 'start' : 'resume', since);
  runTurn(draft, since);
}

function runTurn(draft: Draft, since: number): void {
  runClock(draft, 'next_response', turnStop(draft.facts, since, draft.now));
}

/** A turn of which nobody saw the end, because a later one came, ends where it began: better no mark than a false one. */
function turnStop({ answered, awaitingSince, endedAt }: SlaFacts, since: number, now: number): Stop | null {
  if (answered?.since === since) return { kind: 'met', at: answered.at };
  if (Math.max(answered?.since ?? since, awaitingSince ?? since) > since) return { kind: 'end', at: since };
  if (endedAt !== null) return { kind: 'end', at: endedAt };
  return awaitingSince === null ? { kind: 'end', at: now } : null;
}

function runClock(draft: Draft, metric: SlaMetric, stop: Stop | null): void {
  markUntil(draft, metric, stop?.at ?? draft.now);
  if (stop !== null) stopClock(draft, metric, stop);
  else if (retarget(draft, metric)) markUntil(draft, metric, draft.now);
}

function begin(draft: Draft, metric: SlaMetric, kind: 'start' | 'resume', at: number): void {
  write(draft, { metric, kind, at, terms: termsFor(draft, metric, at) });
}

function markUntil(draft: Draft, metric: SlaMetric, until: number): void {
  const state = clockState(draft.ledger, metric);
  if (state === null) return;
  for (const { kind, at, dueAt } of marksAhead(state)) {
    if (at > until) return;
    write(draft, kind === 'breach' ? breachOf(draft, metric, state, at, dueAt) : { metric, kind, at, dueAt });
    draft.marks.push({ ...markOf(metric, state, at), kind });
  }
}

/** At the deadline just the target is used; where other terms made the breach, it is what had been used by then. */
function breachOf(draft: Draft, metric: SlaMetric, state: ClockState, at: number, dueAt: number): SlaEntry {
  const { targetMs } = state.terms;
  const usedMs = at === dueAt && targetMs !== null ? targetMs : usedUntil(state, draft.rules.calendar, at);
  return { metric, kind: 'breach', at, dueAt, usedMs };
}

function stopClock(draft: Draft, metric: SlaMetric, { kind, at }: Stop): void {
  const state = clockState(draft.ledger, metric);
  if (state === null) return;
  const usedMs = usedUntil(state, draft.rules.calendar, at);
  if (kind === 'met' && state.terms.targetMs !== null) {
    draft.marks.push({ ...markOf(metric, state, at), kind, usedMs, inTime: state.breach === null });
  }
  if (metric === 'next_response') {
    const { answered, answeredAt, breachedAt } = state.turns;
    const turns: SlaTurns = {
      answered: answered + (kind === 'met' ? 1 : 0),
      answeredAt: kind === 'met' ? at : answeredAt,
      breachedAt: state.breach === null ? breachedAt : [...breachedAt, state.breach.at],
    };
    closeTurn(draft, state, { kind: 'pause', at, usedMs }, turns);
  } else {
    write(draft, { metric, kind, at, usedMs });
  }
}

/** One entry takes the place of all that the turns left. */
function closeTurn(
  draft: Draft,
  { startedAt, terms }: ClockState,
  stopped: { kind: 'pause' | 'end'; at: number; usedMs: number },
  turns: SlaTurns,
): void {
  const metric = 'next_response';
  draft.ledger = draft.ledger.filter((entry) => entry.metric !== metric);
  write(draft, { metric, ...stopped, startedAt, terms, turns });
}

/** Whether a running clock got other terms. A breach is not undone by them. */
function retarget(draft: Draft, metric: SlaMetric): boolean {
  const state = clockState(draft.ledger, metric);
  if (state === null || state.breach !== null || agrees(state.terms, wantedTerms(draft, metric)))
    return false;
  const last = draft.ledger.findLast((entry) => entry.metric === metric);
  if (last?.kind === 'retarget') draft.ledger = draft.ledger.filter((entry) => entry !== last);
  const at = Math.max(draft.now, state.termsAt);
  write(draft, { metric, kind: 'retarget', at, terms: termsFor(draft, metric, state.startedAt) });
  return true;
}

type Wanted = Omit<SlaTerms, 'atRiskAt' | 'dueAt'>;

function wantedTerms({ facts, rules }: Draft, metric: SlaMetric): Wanted {
  return {
    priority: facts.priority,
    targetMs: slaTarget(rules.policy, facts.priority, metric),
    clock: rules.policy.clock,
    policyVersion: rules.policy.version,
    calendarVersion: rules.calendarVersion,
  };
}

function termsFor(draft: Draft, metric: SlaMetric, startedAt: number): SlaTerms {
  const wanted = wantedTerms(draft, metric);
  const after = (ms: number | null) =>
    ms === null ? null : addBusinessMs(calendarOf(wanted, draft.rules.calendar), startedAt, ms);
  const dueAt = after(wanted.targetMs);
  return { ...wanted, atRiskAt: dueAt === null ? null : after(riskMs(wanted.targetMs)), dueAt };
}

/** Rounded before it is rounded up: 0.8 has no exact binary form. */
function riskMs(targetMs: number | null): number | null {
  return targetMs === null ? null : Math.ceil(Number((targetMs * AT_RISK_SHARE).toFixed(3)));
}

function agrees(terms: SlaTerms, wanted: Wanted): boolean {
  return (
    terms.priority === wanted.priority &&
    terms.targetMs === wanted.targetMs &&
    terms.clock === wanted.clock &&
    terms.policyVersion === wanted.policyVersion &&
    terms.calendarVersion === wanted.calendarVersion
  );
}

function markOf(metric: SlaMetric, { startedAt, terms }: ClockState, at: number) {
  const { priority, targetMs, dueAt } = terms;
  return { metric, at, startedAt, priority, targetMs, dueAt };
}

function write(draft: Draft, entry: SlaEntry): void {
  draft.ledger = [...draft.ledger, entry];
}

function nextDueAt(ledger: SlaLedger): number | null {
  const ahead = SLA_METRICS.flatMap((metric) => {
    const state = clockState(ledger, metric);
    return state === null ? [] : marksAhead(state).map(({ at }) => at);
  });
  return ahead.length === 0 ? null : Math.min(...ahead);
}
