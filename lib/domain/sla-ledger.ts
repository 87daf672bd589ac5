import { businessMsBetween, type Calendar } from './business-hours';
import type { Priority } from './handoff';
import { SLA_METRICS, type SlaMetric, type SlaPolicy } from './sla-policy';

/** What a clock is held to from an entry on. Instants are epoch ms, reckoned from the clock's own start. */
export interface SlaTerms {
  priority: Priority;
  targetMs: number | null;
  clock: SlaPolicy['clock'];
  policyVersion: number;
  calendarVersion: string | null;
  /** Null where nothing is promised, or where the team never opens for long enough. */
  atRiskAt: number | null;
  dueAt: number | null;
}

/** The customer's turns that are over: the clock of next response begins anew with each. */
export interface SlaTurns {
  answered: number;
  answeredAt: number | null;
  /** When each breach was. */
  breachedAt: readonly number[];
}

/**
 * What happened to the clocks of one handoff, in order for each. `at` is when it was so, not when it was noticed, so that
 * a ledger says the same however late or often it was looked at. Plain data, kept as JSON. It stays small: a retarget
 * replaces the one before unless a mark was made in between, and a turn that is over is one entry with all turns before.
 */
export type SlaEntry =
  | { metric: SlaMetric; kind: 'start' | 'resume' | 'retarget'; at: number; terms: SlaTerms }
  | { metric: SlaMetric; kind: 'at_risk'; at: number; dueAt: number }
  | { metric: SlaMetric; kind: 'breach'; at: number; dueAt: number; usedMs: number }
  | { metric: 'first_response' | 'resolution'; kind: 'met' | 'end'; at: number; usedMs: number }
  | {
      metric: 'next_response';
      kind: 'pause' | 'end';
      at: number;
      usedMs: number;
      startedAt: number;
      terms: SlaTerms;
      turns: SlaTurns;
    };

export type SlaLedger = readonly SlaEntry[];

export type SlaStatus = 'running' | 'at_risk' | 'breached' | 'met' | 'paused' | 'ended';

/** One clock as it stands. Of next response it is the last turn, and `turns` are those that are over. */
export interface SlaClock {
  metric: SlaMetric;
  /** A breached clock stays breached, also when it was met after all; `ended` is without a verdict. */
  status: SlaStatus;
  priority: Priority;
  startedAt: number;
  targetMs: number | null;
  /** Time of the policy's clock, in ms, until now or until it stopped. */
  usedMs: number;
  atRiskAt: number | null;
  dueAt: number | null;
  breachedAt: number | null;
  metAt: number | null;
  /** When it stopped: met, paused or ended. Null while it runs, breached or not. */
  stoppedAt: number | null;
  turns: SlaTurns | null;
}

/**
 * Every clock that has started, as of `now`, which is not before the ledger's last entry. `calendar` is that of the team
 * and only tells the time used: deadlines stand in the ledger. Exact also before the marks of `advanceSla` are written.
 */
export function readSla(ledger: SlaLedger, calendar: Calendar | null, now: number): SlaClock[] {
  return SLA_METRICS.flatMap((metric) => {
    const state = clockState(ledger, metric);
    return state === null ? [] : [clockOf(metric, state, calendar, now)];
  });
}

/** A clock as its entries tell it. */
export interface ClockState {
  startedAt: number;
  terms: SlaTerms;
  /** Since when these terms hold. */
  termsAt: number;
  /** The deadlines that were warned of. */
  warned: readonly number[];
  /** The terms of a breach stay. */
  breach: { at: number; usedMs: number } | null;
  stopped: { kind: 'met' | 'pause' | 'end'; at: number; usedMs: number } | null;
  turns: SlaTurns;
}

/** Folds the entries of one clock. Null: it has not started. */
export function clockState(ledger: SlaLedger, metric: SlaMetric): ClockState | null {
  return ledger.reduce<ClockState | null>(
    (state, entry) => (entry.metric === metric ? afterEntry(state, entry) : state),
    null,
  );
}

/** The marks that a running clock has ahead of it, in order, with the instant of each. */
export function marksAhead(state: ClockState): { kind: 'at_risk' | 'breach'; at: number; dueAt: number }[] {
  const { atRiskAt, dueAt } = state.terms;
  if (state.stopped !== null || state.breach !== null || atRiskAt === null || dueAt === null) return [];
  const breach = { kind: 'breach' as const, at: Math.max(dueAt, state.termsAt), dueAt };
  const risk = { kind: 'at_risk' as const, at: Math.max(atRiskAt, state.termsAt), dueAt };
  return risk.at < breach.at && !state.warned.includes(dueAt) ? [risk, breach] : [breach];
}

/** When the first clock of a handoff passed its deadline, turns that are over among them. Null: none has. */
export function firstBreachAt(ledger: SlaLedger): number | null {
  const breaches = ledger.flatMap((entry) => {
    if (entry.kind === 'breach') return [entry.at];
    return entry.metric === 'next_response' && 'turns' in entry ? entry.turns.breachedAt : [];
  });
  return breaches.length === 0 ? null : Math.min(...breaches);
}

/** The calendar by which terms count. */
export function calendarOf(terms: Pick<SlaTerms, 'clock'>, calendar: Calendar | null): Calendar | null {
  return terms.clock === 'always' ? null : calendar;
}

/**
 * The time that a clock has used by an instant at which it runs, in ms. What a breach was made of stands, even when
 * another team with other hours goes on from there.
 */
export function usedUntil({ startedAt, terms, breach }: ClockState, calendar: Calendar | null, at: number) {
  const hours = calendarOf(terms, calendar);
  if (breach === null) return businessMsBetween(hours, startedAt, at);
  return breach.usedMs + businessMsBetween(hours, breach.at, at);
}

const NO_TURNS: SlaTurns = { answered: 0, answeredAt: null, breachedAt: [] };

function afterEntry(state: ClockState | null, entry: SlaEntry): ClockState | null {
  switch (entry.kind) {
    case 'start':
    case 'resume':
      return begun(entry.at, entry.terms, state?.turns ?? NO_TURNS);
    case 'retarget':
      return state && { ...state, terms: entry.terms, termsAt: entry.at };
    case 'at_risk':
      return state && { ...state, warned: [...state.warned, entry.dueAt] };
    case 'breach':
      return state && { ...state, breach: { at: entry.at, usedMs: entry.usedMs } };
    case 'met':
    case 'pause':
    case 'end': {
      const stopped = { kind: entry.kind, at: entry.at, usedMs: entry.usedMs };
      if (entry.metric !== 'next_response') return state && { ...state, stopped };
      return { ...begun(entry.startedAt, entry.terms, entry.turns), stopped };
    }
  }
}

function begun(startedAt: number, terms: SlaTerms, turns: SlaTurns): ClockState {
  return { startedAt, terms, termsAt: startedAt, warned: [], breach: null, stopped: null, turns };
}

function clockOf(metric: SlaMetric, state: ClockState, calendar: Calendar | null, now: number): SlaClock {
  const { startedAt, terms, stopped, breach, turns } = state;
  const inTurns = metric === 'next_response';
  const clock = {
    metric,
    priority: terms.priority,
    startedAt,
    targetMs: terms.targetMs,
    atRiskAt: terms.atRiskAt,
    dueAt: terms.dueAt,
    turns: inTurns ? turns : null,
  };
  if (stopped === null) {
    const breachedAt = breach?.at ?? passed(marksAhead(state).at(-1)?.at, now);
    const atRisk = terms.atRiskAt !== null && terms.dueAt !== null && terms.atRiskAt <= now;
    const status = breachedAt !== null ? 'breached' : atRisk ? 'at_risk' : 'running';
    const usedMs = usedUntil(state, calendar, now);
    return { ...clock, status, usedMs, breachedAt, metAt: null, stoppedAt: null };
  }
  const { usedMs, at: stoppedAt } = stopped;
  if (inTurns && stopped.kind === 'pause') {
    const waiting = { atRiskAt: null, dueAt: null, breachedAt: null, metAt: turns.answeredAt };
    return { ...clock, ...waiting, status: 'paused', usedMs, stoppedAt };
  }
  const breachedAt = inTurns ? (turns.breachedAt.at(-1) ?? null) : (breach?.at ?? null);
  const metAt = inTurns ? turns.answeredAt : stopped.kind === 'met' ? stoppedAt : null;
  const status = breachedAt !== null ? 'breached' : metAt !== null ? 'met' : 'ended';
  return { ...clock, status, usedMs, breachedAt, metAt, stoppedAt };
}

function passed(at: number | undefined, now: number): number | null {
  return at !== undefined && at <= now ? at : null;
}
