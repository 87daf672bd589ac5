import { findExternalId } from '@/db/queries/customers';
import { isToolOn } from '@/lib/domain/bot-tools';
import type { Judgement, Turn } from '@/lib/domain/judgement';
import { type Lookup, type LookupArgument, type LookupFault, planLookup } from '@/lib/domain/lookup';
import type { ModelAnswer } from '@/lib/domain/model-settings';
import type { RuleOutcome } from '@/lib/domain/rules';
import type { Context } from '../context';
import { type LookupResult, runLookup } from './run-lookup';

/** What a look-up came to at a turn. */
export type LookedUp =
  | { kind: 'ask'; lookup: Lookup; argument: LookupArgument }
  | { kind: 'done'; lookup: Lookup; result: LookupResult };

/** How it ended, for the log: never what was asked or answered. */
export type LookupEnd = 'asked' | 'answered' | 'not_found' | LookupFault;

/** What is asked elsewhere at most once a turn, though the turn may be decided again. */
export interface TurnMemory {
  lookups: Map<number, LookupResult>;
  models: Map<number, ModelAnswer>;
}

/**
 * Looks up what the newest words call for, where the bot has it and may go on: what a person is offered for stays a
 * person's, save where it only did not know the answer. Null where nothing is to be looked up.
 */
export async function lookUp(
  ctx: Context,
  head: { widgetId: string; customerId: string | null },
  turn: { turns: readonly Turn[]; seq: number; memory: TurnMemory },
  judgement: Judgement,
  ruled: RuleOutcome,
): Promise<LookedUp | null> {
  if (!mayAnswer(judgement, ruled)) return null;
  const lookups = lookupsOf(ctx, head.widgetId);
  if (lookups.length === 0) return null;
  const identity = await identityOf(ctx, head.customerId);
  const plan = planLookup(lookups, turn.turns, identity);
  if (plan?.kind !== 'call') return plan;
  const { lookup, values } = plan;
  const result = turn.memory.lookups.get(turn.seq) ?? (await runLookup(ctx, lookup, values));
  turn.memory.lookups.set(turn.seq, result);
  if (result.kind === 'failed') {
    const { fault, status } = result;
    ctx.log.warn({ lookupId: lookup.id, fault, status }, 'a look-up failed; the bot goes on without it');
  }
  return { kind: 'done', lookup, result };
}

/** Those in use that the bot of this widget has. */
function lookupsOf(ctx: Context, widgetId: string): Lookup[] {
  const tools = ctx.settings.tools(widgetId);
  return ctx.settings.lookups().filter(({ id, active }) => active && isToolOn(tools, `lookup:${id}`));
}

/** Who the site signs that the customer is. */
async function identityOf(ctx: Context, customerId: string | null): Promise<string | null> {
  return customerId === null ? null : findExternalId(ctx.db, customerId);
}

function mayAnswer({ offer }: Judgement, ruled: RuleOutcome): boolean {
  if (ruled.offer === 'instead') return false;
  return offer === null || offer.reason === 'low_confidence' || offer.reason === 'out_of_scope';
}

/** The judgement with what was looked up; as it was where that came to nothing. */
export function withLookup(judgement: Judgement, found: LookedUp | null, now: number): Judgement {
  const reply = found && replyOf(found, now);
  return reply ? { ...judgement, reply, offer: null, alternatives: [] } : judgement;
}

function replyOf(found: LookedUp, now: number): Judgement['reply'] | null {
  if (found.kind === 'ask') return { text: found.argument.ask, sources: [] };
  const { lookup, result } = found;
  if (result.kind === 'failed' || result.text === '') return null;
  const source = { articleId: `lookup:${lookup.id}`, title: lookup.name, updatedAt: now };
  return { text: result.text, sources: [source] };
}

/** What the log keeps of it. */
export function lookupEnd(found: LookedUp): { id: string; end: LookupEnd } {
  const { id } = found.lookup;
  if (found.kind === 'ask') return { id, end: 'asked' };
  return { id, end: found.result.kind === 'failed' ? found.result.fault : found.result.kind };
}
