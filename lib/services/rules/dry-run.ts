import type { z } from 'zod';
import { type PastTalk, readPastTalks } from '@/db/queries/past-talks';
import type { AgentActor } from '@/lib/domain/actor';
import { rulesOfTurns } from '@/lib/domain/approach';
import { applyRules, decided, type Rule, type RuledPath } from '@/lib/domain/rules';
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
  const list = talks
    .flatMap((talk) => changeOf(ctx, talk, rulesOfTurns(rules)) ?? [])
    .sort((a, b) => b.at - a.at);
  return { conversations: talks.length, changed: list.length, list: list.slice(0, MOST_LISTED) };
}

function changeOf(
  ctx: Context,
  { conversationId, widgetId, topic, customer, labels, paths, handoff, turns }: PastTalk,
  rules: readonly Rule[],
): RuledChange | null {
  const outcomes = turns.map((turn) => ({
    turn,
    outcome: applyRules(rules, ruleFacts(ctx, { ...turn, widgetId, topic, customer })),
  }));
  const held = new Set(outcomes.flatMap(({ outcome }) => outcome.matched));
  const together = decided(rules.filter((rule) => held.has(rule)));
  const changes: string[] = [];
  const was = turns.find(({ offered }) => offered !== null);
  const wasAt = was ? turns.indexOf(was) : turns.length;
  const wouldBeAt = outcomes.findIndex(
    ({ turn, outcome }) => outcome.offer !== null || isOfferedAnyway(turn),
  );
  const wouldBe = wouldBeAt >= 0;
  const suggests = outcomes.find(({ outcome }) => outcome.suggestedBy.length > 0);
  if (wouldBe && wouldBeAt < wasAt) changes.push('A person would have been offered');
  else if (!was && suggests) changes.push('A consultant would have been suggested');
  else if (was?.offered === 'rule' && !wouldBe) changes.push('No person would have been offered');
  else if (was?.offered === 'rule' && wouldBeAt > wasAt)
    changes.push('A person would have been offered later');
  else if (was?.offered === 'opportunity' && !suggests && !wouldBe)
    changes.push('No consultant would have been suggested');
  const isNarrowed = !(paths?.length === 1 && paths[0] === together.path);
  if (together.path !== null && wouldBe && isNarrowed) changes.push(`${ONLY_WORDS[together.path]} alone`);
  const added = together.labels.filter((label) => !labels.includes(label));
  if (added.length > 0) changes.push(`Labelled ${added.join(', ')}`);
  const told = outcomes.flatMap(({ turn, outcome }) => toldAnew(outcome.matched, turn.rules));
  for (const name of new Set(told)) changes.push(`${name ?? 'Their team'} told`);
  const team = handoff && ctx.directory.team(handoff.teamId)?.name;
  if (team && together.team !== null && together.team !== team)
    changes.push(`${together.team} instead of ${team}`);
  if (handoff && together.priority !== null && together.priority !== handoff.priority) {
    changes.push(`P${together.priority} instead of P${handoff.priority}`);
  }
  const first = outcomes.find(({ outcome }) => outcome.matched.length > 0)?.turn ?? was;
  if (changes.length === 0 || first === undefined) return null;
  const { text, at } = first;
  return { conversationId, text, at, rules: together.matched.map(({ name }) => name), changes };
}

const ONLY_WORDS: Readonly<Record<RuledPath, string>> = {
  live: 'A chat',
  callback: 'A call',
  follow_up: 'An answer by e-mail',
  form: 'The form',
};

/** By the judgement itself: whatever the rules are, a person is offered. */
function isOfferedAnyway({ offered }: PastTalk['turns'][number]): boolean {
  return offered !== null && offered !== 'rule' && offered !== 'opportunity';
}

/** The teams that rules tell which did not hold then. Null is the customer's own. */
function toldAnew(matched: readonly Rule[], before: readonly string[]): (string | null)[] {
  return matched
    .filter(({ id }) => !before.includes(id))
    .flatMap(({ act }) => act.flatMap((action) => (action.do === 'notify' ? [action.team] : [])));
}
