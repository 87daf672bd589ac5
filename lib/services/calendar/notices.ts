import { listCalendars } from '@/db/queries/calendars';
import type { AgentActor } from '@/lib/domain/actor';
import { type Freshness, freshnessOf } from '@/lib/domain/connected-calendar';
import { scopeOf } from '@/lib/domain/permissions';
import type { Context } from '../context';

/** What whoever looks at calls must know of calendars that cannot be read: one's own, and for an admin everybody's. */
export async function calendarNotices(
  ctx: Context,
  actor: AgentActor,
): Promise<{ text: string; href: string }[]> {
  const overseesAll = scopeOf(actor.role, 'calendar.oversee') !== null;
  const calendars = await listCalendars(ctx.db, overseesAll ? null : actor.id);
  const now = ctx.now();
  const troubled = calendars.flatMap((calendar) => {
    const freshness = freshnessOf(calendar, now);
    return freshness === 'fresh' ? [] : [{ ...calendar, freshness }];
  });
  const notices: { text: string; href: string }[] = [];
  const own = troubled.filter(({ agentId }) => agentId === actor.id);
  if (own.length > 0) notices.push({ text: ownText(own), href: '/calendars' });
  const others = troubled.filter(({ agentId }) => agentId !== actor.id);
  if (others.length > 0) notices.push({ text: othersText(others), href: '/settings/calendars' });
  return notices;
}

function ownText(calendars: readonly { name: string; freshness: Freshness }[]): string {
  const names = calendars.map(({ name }) => `“${name}”`).join(', ');
  const follows = calendars.some(({ freshness }) => freshness === 'lost')
    ? 'Customers are offered no times with you.'
    : 'Customers are offered times by what it said before, for a day in all.';
  return `Your calendar ${names} cannot be read. ${follows}`;
}

function othersText(calendars: readonly { agentId: string; freshness: Freshness }[]): string {
  const lost = new Set(
    calendars.filter(({ freshness }) => freshness === 'lost').map(({ agentId }) => agentId),
  ).size;
  const count = calendars.length === 1 ? 'A calendar' : `${calendars.length} calendars`;
  const follows =
    lost > 0 ? ` With ${lost === 1 ? 'one of them' : `${lost} of them`} no times are offered.` : '';
  return `${count} of your agents cannot be read.${follows}`;
}
