import { z } from 'zod';
import { readAgents } from '@/db/queries/agents';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { MAX_CAPACITY } from '@/lib/domain/presence';
import type { OwnPresence } from '@/lib/protocol';
import { readOwnPresence } from '../agent/read';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { decideAgain } from '../decide-again';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { tellAgentChanged } from '../notices';
import { wakeTeamsOf } from '../routing/pushing-teams';

export const setCapacityInput = z.strictObject({
  userId: id,
  capacity: z
    .number('must be a number')
    .int('must be a whole number')
    .min(1, `must be from 1 to ${MAX_CAPACITY}`)
    .max(MAX_CAPACITY, `must be from 1 to ${MAX_CAPACITY}`),
});

/**
 * How many conversations somebody may have at a time. Who has more keeps them and gets no new ones. What is so already is
 * done again without a trace.
 */
export async function setCapacity(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof setCapacityInput>,
): Promise<OwnPresence> {
  authorise(actor, 'user.setCapacity');
  const { userId, capacity } = setCapacityInput.parse(raw);
  return decideAgain(async () => {
    const [person] = await readAgents(ctx.db, [userId]);
    if (person === undefined) throw notFound('person');
    const from = person.capacity;
    if (from === capacity) return readOwnPresence(ctx, userId);
    const written = await commitSetting(
      ctx.db,
      ctx.keys.audit,
      {
        text: 'update users set capacity = $2::int where id = $1::uuid and capacity = $3::int returning id',
        parameters: [userId, capacity, from],
      },
      {
        kind: 'user.capacityChanged',
        actor: loggedActor(actor),
        payload: { userId, from, to: capacity },
        at: ctx.now(),
      },
    );
    if (!written) return null;
    await tellAgentChanged(ctx, userId);
    await wakeTeamsOf(ctx, [userId]);
    return readOwnPresence(ctx, userId);
  });
}
