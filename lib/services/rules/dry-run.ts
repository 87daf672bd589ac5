import type { z } from 'zod';
import { type PastTalk, readPastTalks } from '@/db/queries/past-talks';
import type { AgentActor } from '@/lib/domain/actor';
import { applyRules, decided, type Rule } from '@/lib/domain/rules';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { refuseUnknownTeams } from './change-rules';
import { ruleFacts } from './facts';
import { ruleFile } from './rule-terms';

const LOOKS_AT = 200;
const MOST_LISTED = 50;

/** What would have been otherwise in a conversation. */
export interface RuledChange {
  conversationId: string;
  /** The words at which the first of the rules holds. */
  text: string;
  at: number;
  rules: string[];
  changes: string[];
}

export interface DryRun {
  conversations: number;
  changed: number;
  /** The newest of them. */
  list: RuledChange[];
}

/** Which of the newest conversations would have gone otherwise under these rules, by what was said and measured then. */
export async function dryRunRules(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof ruleFile>,
): Promise<DryRun> {
  authorise(actor, 'settings.change');
  const { rules } = ruleFile.parse(raw);
  refuseUnknownTeams(ctx, rules);
  const talks = await readPastTalks(ctx.db, LOOKS_AT);
  const list = talks.flatMap((talk) => changeOf(ctx, talk, rules) ?? []).sort((a, b) => b.at - a.at);
  return { conversations: talks.length, changed: list.length, list: list.slice(0, MOST_LISTED) };
}

function changeOf(
  ctx: Context,
  { conversationId, widgetId, topic, customer, handoff, turns }: PastTalk,
  rules: readonly Rule[],
): RuledChange | null {
  const outcomes = turns.map((turn) => ({
    turn,
    outcome: applyRules(rules, ruleFacts(ctx, { ...turn, widgetId, topic, customer })),
  }));
  const held = new Set(outcomes.flatMap(({ outcome }) => outcome.matched));
  const together = decided(rules.filter((rule) => held.has(rule)));
  const changes: string[] = [];
  const offersAnew = outcomes.find(({ outcome }) => outcome.offer !== null);
  const wasOffered = turns.some(({ offered, at }) => offered && at <= (offersAnew?.turn.at ?? 0));
  if (offersAnew && !wasOffered) changes.push('A person would have been offered');
  else if (together.suggestedBy.length > 0 && !turns.some(({ offered }) => offered))
    changes.push('A consultant would have been suggested');
  const team = handoff && ctx.directory.team(handoff.teamId)?.name;
  if (team && together.team !== null && together.team !== team)
    changes.push(`${together.team} instead of ${team}`);
  if (handoff && together.priority !== null && together.priority !== handoff.priority) {
    changes.push(`P${together.priority} instead of P${handoff.priority}`);
  }
  const first = outcomes.find(({ outcome }) => outcome.matched.length > 0)?.turn;
  if (changes.length === 0 || first === undefined) return null;
  const { text, at } = first;
  return { conversationId, text, at, rules: together.matched.map(({ name }) => name), changes };
}
