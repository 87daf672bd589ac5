import { z } from 'zod';
import { readRoutingAgents } from '@/db/queries/routing';
import type { AgentActor } from '@/lib/domain/actor';
import { needsOf } from '@/lib/domain/handoff-routing';
import { lacking, requiredSkills } from '@/lib/domain/routable-agent';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { id } from '../message/inputs';
import { routingTerms } from '../settings/inputs';
import { routableAgents } from './team-snapshot';

const previewRoutingInput = z.strictObject({ teamId: id, ...routingTerms.shape });

interface RoutingPreview {
  /** By team: how many are in it, are available now, and of all have what would be asked. */
  teams: { teamId: string; members: number; here: number; able: number }[];
  /** By skill that is asked: how many of the team have it at that level. */
  skills: { name: string; have: number }[];
}

/** Whom this would reach: the team itself first, then its fallbacks, as they stand now. */
export async function previewRouting(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof previewRoutingInput>,
): Promise<RoutingPreview> {
  authorise(actor, 'settings.read');
  const { teamId, ...terms } = previewRoutingInput.parse(raw);
  const agents = routableAgents(ctx, await readRoutingAgents(ctx.db));
  const widget = ctx.directory.widgets()[0];
  const asked = { priority: 3 as const, declinedBy: [], language: widget?.locale ?? null, frustrated: false };
  const own = agents.filter(({ teamIds }) => teamIds.includes(teamId));
  return {
    teams: [teamId, ...terms.chain.map((fallback) => fallback.teamId)].map((each) => {
      const routing = each === teamId ? terms : ctx.settings.routing(each);
      const needs = needsOf(asked, each, routing);
      const required = requiredSkills(needs);
      const members = agents.filter(({ teamIds }) => teamIds.includes(each));
      const bySkill = routing.mode === 'skill_based';
      return {
        teamId: each,
        members: members.length,
        here: members.filter(({ status }) => status === 'available').length,
        able: members.filter((agent) => !bySkill || lacking(agent, required, needs.language) === null).length,
      };
    }),
    skills: terms.skills.map(({ name, level }) => ({
      name,
      have: own.filter(({ skills }) => (skills[name] ?? 0) >= level).length,
    })),
  };
}
