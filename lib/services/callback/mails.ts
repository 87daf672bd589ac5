import { createEvent, type EventAttributes } from 'ics';
import type { Change, NewMail } from '@/db/commit';
import { type Callback, maskedPhone, REMINDER_MS } from '@/lib/domain/callback';
import { visitorLabel } from '@/lib/domain/visitor-label';
import { zoneCity } from '@/lib/domain/zone-city';
import type { Context } from '../context';
import { writeLetter } from '../mail/letter';
import { mailTexts, type SayInMail } from '../mail/texts';
import { returnUrl } from '../visitor/return-link';
import { callbackUrl } from './link';

/** Of whom and where a call is. */
export interface CallbackFor {
  widgetId: string;
  visitorId: string;
  name: string | null;
}

type Occasion = 'booked' | 'moved' | 'cancelled' | 'near';

/** The arm of a change that writes to the customer, with the invitation as their calendar takes it; nothing without an address. */
export function invitationMail(
  ctx: Context,
  callback: Callback,
  occasion: Occasion,
  of: CallbackFor,
): Pick<Change, 'outbox'> {
  const widget = ctx.directory.widget(of.widgetId);
  const { email, slot } = callback;
  if (email === null || slot === null || widget === undefined) return {};
  const { locale, shopName } = widget;
  const say = mailTexts(locale);
  const url = callbackUrl(ctx, callback.callbackId);
  const where = placeOf(ctx, callback, of);
  const when = whenText(locale, slot.startAt, callback.timeZone);
  const there =
    callback.teamTimeZone === callback.timeZone ? null : otherClock(locale, callback, slot.startAt);
  const agent = callback.agent?.name ?? say('ourTeam');
  const values = { shop: shopName, when, agent, there: there ?? '', city: zoneCity(callback.timeZone) };
  const letter = writeLetter({
    locale,
    shopName,
    brand: widget.theme.brand,
    subject: say(`${occasion}Subject`, values),
    title: say(`${occasion}Title`, values),
    body: [
      say(there === null ? 'callAt' : 'callAtThere', values),
      ...(occasion === 'cancelled' ? [] : [howText(say, callback, agent, where)]),
    ].join('\n'),
    button:
      occasion === 'near' && where !== null && callback.channel !== 'voice'
        ? { label: say(callback.channel === 'video' ? 'joinMeeting' : 'openChat'), url: where }
        : { label: say(occasion === 'cancelled' ? 'seeCall' : 'moveOrCancel'), url },
    fine: [say('callWhy'), say('callLink'), say('replyNotHere')],
  });
  const calendar =
    occasion === 'near'
      ? null
      : invitation(ctx, callback, slot, { occasion, say, shopName, agent, url, where });
  return {
    outbox: [
      { id: ctx.newId(), kind: 'callback', recipient: email, ...letter, ...(calendar ? { calendar } : {}) },
    ],
  };
}

const AGENT_NEAR = { voice: 'agentNearVoice', video: 'agentNearVideo', chat: 'agentNearChat' } as const;

/** The reminder of whoever it was agreed with, with the way to the conversation; nothing where that is nobody any more. */
export function agentReminder(
  ctx: Context,
  callback: Callback,
  of: CallbackFor & { conversationId: string },
): NewMail[] {
  const widget = ctx.directory.widget(of.widgetId);
  const agent = callback.agent && ctx.directory.agent(callback.agent.id);
  const { slot, teamTimeZone } = callback;
  if (!agent || slot === null || widget === undefined) return [];
  const say = mailTexts('en');
  const values = {
    shop: widget.shopName,
    name: of.name ?? visitorLabel(of.visitorId),
    when: whenText('en', slot.startAt, teamTimeZone),
    city: zoneCity(teamTimeZone),
  };
  const letter = writeLetter({
    locale: 'en',
    shopName: widget.shopName,
    brand: widget.theme.brand,
    subject: say('agentNearSubject', values),
    title: say('nearTitle'),
    body: say(AGENT_NEAR[callback.channel], values),
    button: { label: say('openConversation'), url: `${ctx.baseUrl}/inbox/mine/${of.conversationId}` },
    fine: [say('agentNearWhy')],
  });
  return [{ id: ctx.newId(), kind: 'agent', recipient: agent.email, ...letter }];
}

/** Where it takes place; null by phone. */
function placeOf(ctx: Context, callback: Callback, { visitorId }: CallbackFor): string | null {
  if (callback.channel === 'video') return ctx.settings.callbacks(callback.teamId).meetingUrl;
  if (callback.channel === 'chat' && callback.email !== null)
    return returnUrl(ctx, visitorId, callback.email);
  return null;
}

function howText(say: SayInMail, { channel, phone }: Callback, agent: string, where: string | null): string {
  switch (channel) {
    case 'voice':
      return say('byPhone', { agent, phone: phone === null ? '' : maskedPhone(phone) });
    case 'video':
      return say('byVideo', { agent, url: where ?? '' });
    case 'chat':
      return say('byChat', { agent });
  }
}

/** `Tuesday 24 November, 15:30` by that clock. */
function whenText(locale: string, at: number, timeZone: string): string {
  const day = new Intl.DateTimeFormat(dayFirst(locale), {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return `${day.format(at).replace(',', '')}, ${timeText(locale, at, timeZone)}`;
}

function timeText(locale: string, at: number, timeZone: string): string {
  return new Intl.DateTimeFormat(dayFirst(locale), { timeZone, hour: '2-digit', minute: '2-digit' }).format(
    at,
  );
}

/** The time where the team is, with its day where that is another. */
function otherClock(locale: string, { timeZone, teamTimeZone }: Callback, at: number): string {
  const day = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  const same = day(timeZone) === day(teamTimeZone);
  const time = same ? timeText(locale, at, teamTimeZone) : whenText(locale, at, teamTimeZone);
  return `${time} ${zoneCity(teamTimeZone)}`;
}

const dayFirst = (locale: string) => (locale === 'en' ? 'en-GB' : locale);

const ICS_METHODS = { booked: 'REQUEST', moved: 'REQUEST', cancelled: 'CANCEL' } as const;

/** One event of the customer's calendar over all its changes: the same id, a higher number each time. */
function invitation(
  ctx: Context,
  callback: Callback,
  slot: { startAt: number; endAt: number },
  of: {
    occasion: keyof typeof ICS_METHODS;
    say: SayInMail;
    shopName: string;
    agent: string;
    url: string;
    where: string | null;
  },
): string {
  const { say, occasion, shopName, agent, url, where } = of;
  const host = new URL(ctx.baseUrl).hostname;
  const organizer = ctx.mailer?.server.from ?? `noreply@${host}`;
  const event: EventAttributes & { timestamp: number } = {
    method: ICS_METHODS[occasion],
    productId: 'baton',
    uid: `${callback.callbackId}@${host}`,
    sequence: callback.sequence,
    timestamp: ctx.now(),
    start: slot.startAt,
    end: slot.endAt,
    startInputType: 'utc',
    startOutputType: 'utc',
    endInputType: 'utc',
    endOutputType: 'utc',
    title: say('eventTitle', { shop: shopName, agent }),
    description: [howText(say, callback, agent, where), `${say('moveOrCancel')}: ${url}`].join('\n'),
    ...(where === null ? {} : { location: where }),
    url,
    status: occasion === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    busyStatus: 'BUSY',
    organizer: { name: shopName, email: organizer },
    attendees: [
      {
        ...(callback.email === null ? {} : { email: callback.email }),
        partstat: 'ACCEPTED',
        role: 'REQ-PARTICIPANT',
        rsvp: false,
      },
    ],
    ...(occasion === 'cancelled'
      ? {}
      : {
          alarms: [
            {
              action: 'display',
              description: say('eventTitle', { shop: shopName, agent }),
              trigger: { minutes: REMINDER_MS / 60_000, before: true },
            },
          ],
        }),
  };
  const { error, value } = createEvent(event);
  if (!value) throw error ?? new Error('The invitation could not be written');
  return value;
}
