import { z } from 'zod';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import { DEFAULT_RULE_SET, type Rule, type RuleSet } from '@/lib/domain/rules';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { AppError } from '../errors';
import { changeSetting } from '../settings/change-setting';
import { seenVersion } from '../settings/inputs';
import { RULES } from '../settings/settings';
import { ruleList } from './rule-terms';

export const changeRulesInput = z.strictObject({ version: seenVersion, rules: ruleList });

/** The bot of every server goes by these from its next turn on. */
export async function changeRules(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeRulesInput>,
): Promise<RuleSet> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version: seen, rules } = changeRulesInput.parse(raw);
  refuseUnknownTeams(ctx, rules);
  return changeSetting(ctx, actor, {
    key: RULES,
    kind: 'rules.changed',
    name: 'the rules',
    held: () => ctx.settings.rules(),
    missing: DEFAULT_RULE_SET.version,
    seen,
    wanted: (version) => ({ version, rules }),
  });
}

/** The rules in their order. */
export function readRules(ctx: Context, actor: AgentActor): RuleSet {
  authorise(actor, 'settings.read');
  return ctx.settings.rules();
}

/** Refuses a rule for a team that is not there, at its place. */
export function refuseUnknownTeams(ctx: Context, rules: readonly Rule[]): void {
  const names = ctx.directory.teams().map(({ name }) => name);
  for (const [place, { act }] of rules.entries()) {
    for (const [which, action] of act.entries()) {
      if (action.do !== 'team' && action.do !== 'notify') continue;
      if (action.team === null || names.includes(action.team)) continue;
      const message = `There is no team called ${action.team}, only ${names.join(', ')}.`;
      throw new AppError('invalid', message, { fields: { [`rules.${place}.act.${which}.team`]: message } });
    }
  }
}
