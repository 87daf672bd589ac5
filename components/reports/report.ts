import type { Outcome, Path, Priority, Reason } from '@/lib/domain/handoff';

interface Totals {
  conversations: number;
  offered: number;
  handoffs: number;
  pickedUp: number;
  ended: number;
  breached: number;
  misrouted: number;
  resolved: number;
  pickupP50Ms: number | null;
  pickupP90Ms: number | null;
}

/** What the report's page hands down. Instants and spans in milliseconds. */
export interface Report {
  from: number;
  to: number;
  totals: Totals;
  before: Totals;
  days: { day: string; handoffs: number; pickupP50Ms: number | null; pickupP90Ms: number | null }[];
  reasons: { day: string; reason: Reason; handoffs: number }[];
  paths: { path: Path | null; outcome: Outcome | null; count: number }[];
  /** First of all teams together, then of each. */
  forecasts: ReportedForecasts[];
}

export interface ReportedForecasts {
  teamName: string | null;
  told: number;
  taken: number;
  inRange: number;
  sooner: number;
  later: number;
  meanErrorMs: number | null;
}

export interface ReportedHandoffs {
  rows: {
    handoffId: string;
    conversationId: string;
    name: string;
    reason: Reason;
    path: Path | null;
    outcome: Outcome | null;
    priority: Priority;
    teamName: string | null;
    agentName: string | null;
    offeredAt: number;
    pickupMs: number | null;
    breachedAt: number | null;
    handlingMs: number | null;
  }[];
  next: { at: number; id: string } | null;
}
