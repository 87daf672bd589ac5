import type { LoggedActor } from '@/lib/domain/actor';
import { eventContent, hmacPads } from '../chain';
import type { Database, Parameter } from '../client';

/**
 * One admin change with its event in the settings' own chain, in ONE statement. `write` is the data-modifying arm, with
 * its parameters from $1 on; it must return the rows it wrote, and writing none writes no event and answers false. `kept`
 * is a second arm with the same parameters, which sees what was there before and the rows `written`.
 */
export async function commitSetting(
  db: Database,
  auditKey: Buffer,
  write: { text: string; parameters: Parameter[]; kept?: string },
  event: { kind: string; actor: LoggedActor; payload: Record<string, unknown>; at: number },
): Promise<boolean> {
  const n = write.parameters.length;
  const pads = hmacPads(auditKey);
  const rows = await db.query<{ seq: string }>(
    `with written as (${write.text}),
     ${write.kept === undefined ? '' : `kept as (${write.kept}),`}
     head as (
       update streams set seq = seq + 1,
         chain = audit_chain(chain, name, seq, $${n + 1}::text[], $${n + 2}::bytea, $${n + 3}::bytea)
       where name = 'settings' and exists (select 1 from written) returning seq, chain
     ),
     logged as (
       insert into stream_events (stream, seq, kind, actor, payload, at, hash)
       select 'settings', head.seq, $${n + 4}::text, $${n + 5}::jsonb, $${n + 6}::jsonb, $${n + 7}::timestamptz, head.chain[1] from head
     )
     select seq from head`,
    [
      ...write.parameters,
      [eventContent(event)],
      pads.inner,
      pads.outer,
      event.kind,
      event.actor,
      event.payload,
      new Date(event.at),
    ],
  );
  return rows.length === 1;
}
