import type { VisitorActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { readRuled } from '../rules/rule-turn';
import { readOutlook } from './availability';
import { type Opened, type Opening, openOffer } from './open-offer';

/**
 * "Talk to a person" was pressed: granted at once, in any state. It opens the offer; where a person is already there or
 * on the way, nothing changes.
 */
export function requestPerson(ctx: Context, actor: VisitorActor): Promise<Record<string, never>> {
  return openOffer(ctx, actor, (opening) => personAsked(ctx, actor, opening));
}

/** The offer of whoever asks for a person. */
export async function personAsked(
  ctx: Context,
  actor: VisitorActor,
  { change, head }: Opening,
): Promise<Opened> {
  const topic = head?.topic ?? null;
  const team = head === null ? null : (await readRuled(ctx, head.id)).team;
  const outlook = await readOutlook(ctx, { widgetId: actor.widgetId, topic, team });
  const offer = {
    reason: 'requested_by_customer',
    confidence: null,
    by: 'customer',
    topic,
    outlook,
  } as const;
  return { by: actor, change, offer };
}
