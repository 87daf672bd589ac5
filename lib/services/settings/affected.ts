import { type OpenClocks, readOpenClocks } from '@/db/queries/open-clocks';
import { advanceSla, type SlaRules } from '@/lib/domain/sla';
import { readSla, type SlaLedger } from '@/lib/domain/sla-ledger';
import type { Context } from '../context';
import { slaFacts } from '../sla/facts';

const LIMIT = 1000;

/** Whom a change would touch, of the open handoffs looked at; `more` when there are others. */
export interface Affected {
  open: number;
  /** Would get another deadline. */
  moved: number;
  /** Would breach at the moment of the change. */
  breached: number;
  more: boolean;
}

/** Counts without writing: each ledger is brought up to now by the rules that hold, then by those that would. */
export async function countAffected(
  ctx: Context,
  teamId: string | null,
  would: (now: SlaRules) => SlaRules,
): Promise<Affected> {
  const found = await readOpenClocks(ctx.db, teamId, LIMIT + 1);
  const counts: Affected = { open: 0, moved: 0, breached: 0, more: found.length > LIMIT };
  for (const clocks of found.slice(0, LIMIT)) {
    const { moves, breaches } = effectOn(ctx, clocks, would);
    counts.open += 1;
    counts.moved += moves ? 1 : 0;
    counts.breached += breaches ? 1 : 0;
  }
  return counts;
}

function effectOn(
  ctx: Context,
  { teamId, sla, head, handoff }: OpenClocks,
  would: (now: SlaRules) => SlaRules,
): { moves: boolean; breaches: boolean } {
  const facts = slaFacts(head, handoff);
  const rules = ctx.settings.slaRules(teamId);
  const now = ctx.now();
  const before = advanceSla(sla, facts, rules, now);
  const after = advanceSla(before.ledger, facts, would(rules), now);
  return {
    moves: deadlines(before.ledger, now) !== deadlines(after.ledger, now),
    breaches: after.marks.some(({ kind }) => kind === 'breach'),
  };
}

/** Of the clocks that run: those that stopped have no deadline any more. */
function deadlines(ledger: SlaLedger, now: number): string {
  const running = readSla(ledger, null, now).filter(({ stoppedAt }) => stoppedAt === null);
  return JSON.stringify(running.map(({ metric, dueAt }) => [metric, dueAt]));
}
