import { z } from 'zod';
import {
  forecastsByTeam,
  handoffsByDay,
  handoffTotals,
  listHandoffs,
  pathsAndOutcomes,
  type ReportRow,
  type ReportScope,
  reasonsByDay,
} from '@/db/queries/report';
import type { AgentActor } from '@/lib/domain/actor';
import { OUTCOMES, PATHS, REASONS, STAGES } from '@/lib/domain/handoff';
import { visitorLabel } from '@/lib/domain/visitor-label';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { id, instant } from '../message/inputs';

const DAY_MS = 24 * 60 * 60_000;
const PAGE = 50;

export const reportInput = z.strictObject({
  days: z.union([z.literal(7), z.literal(14), z.literal(30), z.literal(60)]),
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', {
    message: 'is no time zone',
  }),
});

/** The Handoff report over the last days, today included, beside the same span before it. */
export async function readHandoffReport(ctx: Context, actor: AgentActor, raw: z.input<typeof reportInput>) {
  const teamIds = authorise(actor, 'report.read');
  const input = reportInput.parse(raw);
  const to = ctx.now();
  const scope: ReportScope = { from: to - input.days * DAY_MS, to, timeZone: input.timeZone, teamIds };
  const earlier: ReportScope = { ...scope, from: scope.from - input.days * DAY_MS, to: scope.from };
  const [totals, before, days, reasons, paths, waits] = await Promise.all([
    handoffTotals(ctx.db, scope),
    handoffTotals(ctx.db, earlier),
    handoffsByDay(ctx.db, scope),
    reasonsByDay(ctx.db, scope),
    pathsAndOutcomes(ctx.db, scope),
    forecastsByTeam(ctx.db, scope),
  ]);
  const forecasts = waits.map((row) => ({
    ...row,
    teamName: row.teamId === null ? null : (ctx.directory.team(row.teamId)?.name ?? null),
  }));
  return { from: scope.from, to, totals, before, days, reasons, paths, forecasts };
}

export const listInput = z.strictObject({
  ...reportInput.shape,
  day: z.iso.date().nullable(),
  reason: z.enum(REASONS).nullable(),
  path: z.enum(PATHS).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  stage: z.enum(STAGES).nullable(),
  before: z.strictObject({ at: instant, id }).nullable(),
});

export interface ListedHandoff extends ReportRow {
  name: string;
  teamName: string | null;
  agentName: string | null;
}

/** The handoffs behind a figure. */
export async function listReportedHandoffs(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof listInput>,
): Promise<{ rows: ListedHandoff[]; next: { at: number; id: string } | null }> {
  const teamIds = authorise(actor, 'report.read');
  const input = listInput.parse(raw);
  const to = ctx.now();
  const scope: ReportScope = { from: to - input.days * DAY_MS, to, timeZone: input.timeZone, teamIds };
  const rows = await listHandoffs(ctx.db, scope, input, input.before, PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => ({
      ...row,
      name: row.customerName ?? visitorLabel(row.visitorId),
      teamName: row.teamId ? (ctx.directory.team(row.teamId)?.name ?? null) : null,
      agentName: row.agentId ? (ctx.directory.agent(row.agentId)?.name ?? null) : null,
    })),
    next: rows.length > PAGE && last ? { at: last.offeredAt, id: last.handoffId } : null,
  };
}
