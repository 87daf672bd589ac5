import { eventContent, hmacPads } from '@/db/chain';
import { openDatabase } from '@/db/client';
import type { AgentActor } from '@/lib/domain/actor';
import { claim } from '@/lib/services/handoff/claim';
import type { WorldOn } from '@/lib/services/world-on';
import { compare, type Measured } from './statistics';

const ROUNDS = 15;
const CLAIMS = 400;
/** Before the first round: both are measured when the engine has compiled them. */
const WARM_UP = 600;
const AT_ONCE = 64;

/** Claims a second by the verb, each taking a slot, against the same rows by one guarded statement written by hand. */
export async function claims(world: WorldOn): Promise<Measured[]> {
  const pending: { conversationId: string; handoffId: string }[] = [];
  for (let index = 0; index < ROUNDS * CLAIMS * 2 + WARM_UP * 2; index++) {
    const { conversationId, handoffId } = await world.conversation('pending');
    pending.push({ conversationId, handoffId });
  }
  const hand = openDatabase(world.databaseUrl);
  const pads = hmacPads(world.ctx.keys.audit);
  const take = (count: number) => pending.splice(0, count);
  const agents: AgentActor[] = [];
  for (let index = 0; index < AT_ONCE; index++) agents.push(await world.agent(`Agent ${index}`));
  let turn = 0;
  const next = () => agents[turn++ % agents.length] ?? world.ana;
  const byVerb = (target: (typeof pending)[number]) => claim(world.ctx, next(), target);
  const byHand = ({ conversationId, handoffId }: (typeof pending)[number]) => {
    const at = Date.now();
    const agent = next();
    const actor = { kind: 'agent', id: agent.id, name: agent.name };
    const payload = { handoffId, agentId: agent.id, agentName: agent.name };
    return hand.query(
      `with head as (
         update conversations set version = version + 1, seq = seq + 1, visible_seq = visible_seq + 1, owner_epoch = owner_epoch + 1,
           chain = audit_chain(chain, id::text, seq, $3::text[], $4::bytea, $5::bytea), state = 'active', agent_id = $6::uuid
         where id = $1::uuid and state = 'pending' and handoff_id = $2::uuid and team_id = any($7::uuid[]) returning *),
       handoff_row as (
         update handoffs set state = 'claimed', agent_id = $6::uuid, claimed_at = $8::timestamptz from head
         where handoffs.id = $2::uuid and handoffs.conversation_id = head.id returning handoffs.id),
       slot as (
         update users set load = load + 1 from head where users.id = $6::uuid and load < capacity returning users.id),
       event_row as (
         insert into events (conversation_id, seq, visible_seq, kind, actor, payload, at, hash)
         select head.id, head.seq, head.visible_seq, 'handoff.claimed', $9::jsonb, $10::jsonb, $8::timestamptz, head.chain[1] from head)
       select owner_epoch from head`,
      [
        conversationId,
        handoffId,
        [eventContent({ kind: 'handoff.claimed', actor, payload, at })],
        pads.inner,
        pads.outer,
        agent.id,
        [...agent.teamIds],
        new Date(at),
        actor,
        payload,
      ],
    );
  };
  // As on a desk that has run for a minute: plans made before the tables were measured are those of empty ones.
  await hand.query('analyze');
  await rate(take(WARM_UP), byVerb);
  await rate(take(WARM_UP), byHand);
  const subject: number[] = [];
  const floor: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) {
      subject.push(await rate(take(CLAIMS), byVerb));
      floor.push(await rate(take(CLAIMS), byHand));
    } else {
      floor.push(await rate(take(CLAIMS), byHand));
      subject.push(await rate(take(CLAIMS), byVerb));
    }
  }
  await hand.close();
  return [
    compare({ id: 'claim', what: `claims, ${AT_ONCE} at once`, unit: 'claims/s' }, subject, floor, {
      atLeast: 0.8,
    }),
  ];
}

async function rate<T>(targets: readonly T[], run: (target: T) => Promise<unknown>): Promise<number> {
  let next = 0;
  const started = performance.now();
  const worker = async () => {
    for (let target = targets[next++]; target !== undefined; target = targets[next++]) await run(target);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return targets.length / ((performance.now() - started) / 1000);
}
