import type { z } from 'zod';
import type { AgentActor } from '@/lib/domain/actor';
import type { Rule } from '@/lib/domain/rules';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { refuseUnknownTeams } from './change-rules';
import { ruleFile } from './rule-terms';

/** Rules of a file that could be saved here, or what is wrong with them and where. Nothing is written. */
export function readRuleFile(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof ruleFile>,
): readonly Rule[] {
  authorise(actor, 'settings.change');
  const { rules } = ruleFile.parse(raw);
  refuseUnknownTeams(ctx, rules);
  return rules;
}
