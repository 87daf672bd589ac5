import { z } from 'zod';
import { canonical } from '@/db/chain';
import { readRoutingAgents } from '@/db/queries/routing';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import type { SkillLevel } from '@/lib/domain/routable-agent';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { wakeTeamsOf } from '../routing/pushing-teams';
import { agentLanguages, agentSkills } from '../settings/inputs';

export const setSkillsInput = z.strictObject({
  userId: id,
  skills: agentSkills,
  languages: agentLanguages,
});

export interface AgentSkills {
  userId: string;
  skills: Record<string, SkillLevel>;
  languages: string[];
}

/** What somebody knows, for routing by skill. What is so already is done again without a trace. */
export async function setSkills(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof setSkillsInput>,
): Promise<AgentSkills> {
  authorise(actor, 'user.setSkills');
  const { userId, skills, languages } = setSkillsInput.parse(raw);
  return decideAgain(async () => {
    const person = (await readRoutingAgents(ctx.db)).find((each) => each.id === userId);
    if (person === undefined) throw notFound('person');
    const from = { skills: person.skills, languages: person.languages };
    const to = { skills, languages };
    if (canonical(from) === canonical(to)) return { userId, ...to };
    const written = await commitSetting(
      ctx.db,
      ctx.keys.audit,
      {
        text: `update users set skills = $2::jsonb, languages = $3::text[]
          where id = $1::uuid and skills = $4::jsonb and languages = $5::text[] returning id`,
        parameters: [userId, skills, languages, from.skills, from.languages],
      },
      {
        kind: 'user.skillsChanged',
        actor: loggedActor(actor),
        payload: { userId, from, to },
        at: ctx.now(),
      },
    );
    if (!written) return null;
    await wakeTeamsOf(ctx, [userId]);
    return { userId, ...to };
  });
}

/** What everybody knows. */
export async function readSkills(ctx: Context, actor: AgentActor): Promise<AgentSkills[]> {
  authorise(actor, 'user.list');
  const rows = await readRoutingAgents(ctx.db);
  return rows.map(({ id: userId, skills, languages }) => ({ userId, skills, languages }));
}
