import { z } from 'zod';
import { discardWrite } from '@/db/queries/outbox';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { id } from '../message/inputs';
import { refuseSettled } from './refuse-settled';

export const discardMailInput = z.strictObject({ mailId: id });

/** Gives up a mail that waits or has failed: it is never sent. */
export async function discardMail(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof discardMailInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'mail.manage');
  const { mailId } = discardMailInput.parse(raw);
  const at = ctx.now();
  const event = { kind: 'mail.discarded', actor: loggedActor(actor), payload: { mailId }, at };
  if (!(await commitSetting(ctx.db, ctx.keys.audit, discardWrite(mailId, at), event))) throw refuseSettled();
  return {};
}
