import { z } from 'zod';
import type { VisitorActor } from '@/lib/domain/actor';
import { mailAddress } from '@/lib/domain/mail';
import { commitChange } from '../commit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { id } from '../message/inputs';
import { answerOffer } from './answer-offer';
import { queueChange } from './queue';

export const followUpInput = z.strictObject({ handoffId: id, email: z.string().max(320) });

/**
 * The customer does not wait for a person but leaves an address: into the queue now, the answer by e-mail when they are
 * away by then. The bot goes on helping meanwhile. Repeating it changes nothing.
 */
export async function followUp(
  ctx: Context,
  actor: VisitorActor,
  raw: z.input<typeof followUpInput>,
): Promise<{ email: string }> {
  const { handoffId, email: written } = followUpInput.parse(raw);
  const email = mailAddress(written);
  if (email === null) {
    throw new AppError('invalid', 'Write one e-mail address, such as name@example.com.', {
      fields: { email: 'Write one e-mail address, such as name@example.com.' },
    });
  }
  await answerOffer(ctx, actor, handoffId, 'followUp', ['pending', 'claimed'], async (loaded) =>
    commitChange(ctx, actor, {
      ...(await queueChange(ctx, loaded, handoffId, 'follow_up')),
      visitorEmail: email,
    }),
  );
  return { email };
}
