import { z } from 'zod';
import { countBooked } from '@/db/queries/callbacks';
import type { AgentActor } from '@/lib/domain/actor';
import { channelsOf } from '@/lib/domain/callback-settings';
import { freeSlots } from '@/lib/domain/callback-slots';
import { authorise } from '../authorise';
import { readCalendar } from '../callback/calendar';
import type { Context } from '../context';
import { id } from '../message/inputs';
import { callbackTerms } from './inputs';

export const previewCallbacksInput = z.strictObject({ teamId: id, ...callbackTerms.shape });

export interface CallbacksPreview {
  /** Calls to come, which stay as they were agreed. */
  booked: number;
  /** The next time that a customer would be offered; null where there is none. */
  nextAt: number | null;
  /** How many times they could choose from. */
  free: number;
}

/** What customers would be offered by these. */
export async function previewCallbacks(
  ctx: Context,
  actor: AgentActor,
  raw: z.input<typeof previewCallbacksInput>,
): Promise<CallbacksPreview> {
  authorise(actor, 'settings.read');
  const { teamId, ...terms } = previewCallbacksInput.parse(raw);
  const booked = await countBooked(ctx.db, teamId, ctx.now());
  const settings = { version: 1, ...terms };
  const [first] = channelsOf(settings);
  const calendar =
    terms.mode === 'slots' && first
      ? await readCalendar(ctx, { teamId, channel: first.channel, settings })
      : null;
  const slots = calendar === null ? [] : [...freeSlots(calendar)];
  return { booked, nextAt: slots[0]?.startAt ?? null, free: slots.length };
}
