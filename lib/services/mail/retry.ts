import { z } from 'zod';
import { retryWrite } from '@/db/queries/outbox';
import { commitSetting } from '@/db/queries/stream';
import { type AgentActor, loggedActor } from '@/lib/domain/actor';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { id } from '../message/inputs';
import { wakeOutbox } from './outbox-timer';
import { refuseSettled } from './refuse-settled';

export const retryMailInput = z.strictObject({ mailId: id });

/** Has a mail that waits or has failed tried now. */
export async function retryMail(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof retryMailInput>,
): Promise<Record<string, never>> {
  authorise(actor, 'mail.manage');
  const { mailId } = retryMailInput.parse(raw);
  const at = ctx.now();
  const event = { kind: 'mail.retried', actor: loggedActor(actor), payload: { mailId }, at };
  if (!(await commitSetting(ctx.db, ctx.keys.audit, retryWrite(mailId, at), event))) throw refuseSettled();
  await wakeOutbox(ctx);
  return {};
}
