import { listCalendars } from '@/db/queries/calendars';
import type { AgentActor } from '@/lib/domain/actor';
import {
  type AccountKind,
  type ConnectedCalendar,
  type Freshness,
  freshnessOf,
} from '@/lib/domain/connected-calendar';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { accountRedirect } from './connect-account';

export interface ShownCalendar extends ConnectedCalendar {
  freshness: Freshness;
  /** Null where the account is gone. */
  agentName: string | null;
}

export interface CalendarList {
  calendars: ShownCalendar[];
  now: number;
  /** Kinds of account that can be connected, and what an operator registers with their providers. */
  accounts: readonly AccountKind[];
  redirectUri: string;
}

/** The calendars of whoever asks. */
export async function readOwnCalendars(ctx: Context, actor: AgentActor): Promise<CalendarList> {
  authorise(actor, 'calendar.connect');
  return shown(ctx, await listCalendars(ctx.db, actor.id));
}

/** Those of everybody, what cannot be read first. */
export async function readAllCalendars(ctx: Context, actor: AgentActor): Promise<CalendarList> {
  authorise(actor, 'calendar.oversee');
  const list = shown(ctx, await listCalendars(ctx.db, null));
  const worst: readonly Freshness[] = ['lost', 'late', 'fresh'];
  const rank = ({ freshness }: ShownCalendar) => worst.indexOf(freshness);
  return { ...list, calendars: list.calendars.sort((one, other) => rank(one) - rank(other)) };
}

function shown(ctx: Context, calendars: readonly ConnectedCalendar[]): CalendarList {
  const now = ctx.now();
  return {
    calendars: calendars.map((calendar) => ({
      ...calendar,
      freshness: freshnessOf(calendar, now),
      agentName: ctx.directory.agent(calendar.agentId)?.name ?? null,
    })),
    now,
    accounts: ctx.calendars.accounts,
    redirectUri: accountRedirect(ctx),
  };
}
