import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseCalendar } from '@/lib/services/calendar/choose';
import { connectDav, findDavCalendars } from '@/lib/services/calendar/connect-dav';
import { readOwnCalendars } from '@/lib/services/calendar/read';
import { calendarText, runCalendars } from '@/lib/services/calendar/testing';
import { callbackUrl } from '@/lib/services/callback/link';
import { cancelCallback, moveCallback } from '@/lib/services/callback/manage';
import { bookFirst, firstSlot } from '@/lib/services/callback/testing';
import type { Context } from '@/lib/services/context';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { findRadicale, NEEDS_RADICALE } from '@/lib/setup/radicale.mjs';
import { openCalendars } from './open-calendars';
import { openTestRadicale, type TestRadicale } from './test-radicale';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const command = findRadicale();

describe.skipIf(command === null)(`CalDAV (${NEEDS_RADICALE})`, () => {
  let world: TestWorld;
  let ctx: Context;
  let radicale: TestRadicale;
  let work: string;
  let own: string;
  const calendars = openCalendars({
    internalHosts: ['127.0.0.1'],
    calendarClients: { google: null, outlook: null },
  });
  const warnings: object[] = [];
  beforeAll(async () => {
    radicale = await openTestRadicale(command ?? '');
    work = await radicale.makeCalendar('Work');
    own = await radicale.makeCalendar('Own');
    world = await openTestWorld();
    const warn = (fields: object) => warnings.push(fields);
    ctx = { ...world.ctx, calendars, log: { ...world.ctx.log, warn } };
    // One agent, so that calls are theirs.
    await ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [world.ben.id]);
    await ctx.directory.refresh();
  });
  afterAll(async () => {
    await world.close();
    await radicale.close();
  });
  beforeEach(async () => {
    await ctx.db.query('delete from calendar_events');
    await ctx.db.query('delete from callbacks');
    await ctx.db.query('delete from calendars');
  });

  const account = () => ({ url: radicale.url, user: 'maya', password: radicale.password });
  const connect = (url: string, name = 'Work') =>
    connectDav(ctx, world.ana, { ...account(), url, name, timeZone: 'Europe/Oslo' });
  const ownOf = async () => (await readOwnCalendars(ctx, world.ana)).calendars;
  const book = async () => {
    const made = await world.conversation('offered');
    const startAt = await firstSlot(ctx, made.visitor, made.handoffId);
    await bookFirst(ctx, made, { startAt });
    const [call] = await ctx.db.query<{ id: string }>('select id from callbacks order by created_at desc');
    return {
      startAt,
      token:
        callbackUrl(ctx, call?.id ?? '')
          .split('/')
          .at(-1) ?? '',
    };
  };
  const times = async (url: string) =>
    (await radicale.texts(url)).flatMap((text) => text.match(/^DTSTART.*$/m)?.[0].trim() ?? []);
  const stamp = (at: number) => `DTSTART:${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}`;

  it('finds the calendars of an account from the address of its server, and keeps nothing', async () => {
    const { calendars: found } = await findDavCalendars(ctx, world.ana, account());
    expect(found.map(({ name }) => name).sort()).toEqual(['Own', 'Work']);
    expect(found.map(({ url }) => url).sort()).toEqual([own, work]);
    expect(await ownOf()).toEqual([]);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, /does not take this user and password/],
    ['a server that is none', { url: 'http://127.0.0.1:9/' }, /does not answer/],
    ['an address inside', { url: 'https://10.0.0.1/' }, /network of this server/],
  ])('says what is wrong with %s', async (_, wrong, words) => {
    await expect(findDavCalendars(ctx, world.ana, { ...account(), ...wrong })).rejects.toThrow(words);
    await expect(
      connectDav(ctx, world.ana, { ...account(), url: work, ...wrong, name: 'Work', timeZone: 'UTC' }),
    ).rejects.toThrow(words);
  });

  it('never takes what is no report for a calendar in which nothing stands', async () => {
    await expect(connect(`${radicale.url}maya/gone/`)).rejects.toThrow(/not there|no CalDAV report|error/);
    await expect(connect(`${radicale.url}.web/`)).rejects.toThrow(/report|error|allow|not there/);
    expect(await ownOf()).toEqual([]);
  });

  it('reads when its owner is busy, recurring events included', async () => {
    const start = world.clock.now + 2 * HOUR;
    await radicale.put(own, 'one', calendarText([start, start + HOUR]));
    const weekly = calendarText([start - 7 * 24 * HOUR, start - 7 * 24 * HOUR + HOUR])
      .replace('UID:0', 'UID:weekly')
      .replace('SUMMARY', 'RRULE:FREQ=WEEKLY\r\nSUMMARY');
    await radicale.put(own, 'weekly', weekly);
    await connect(own);
    const [row] = await ctx.db.query<{ busy: { start: number; end: number }[] }>(
      'select busy from calendars',
    );
    expect(row?.busy).toEqual(
      [0, 7, 14].map((days) => ({
        start: start + days * 24 * HOUR,
        end: start + days * 24 * HOUR + HOUR,
      })),
    );
  });

  it('has a call written, moved and taken out with it, once each, without a word of who the customer is', async () => {
    await connect(work);
    expect(await ownOf()).toMatchObject([{ kind: 'caldav', takesCalls: true }]);
    const { startAt, token } = await book();
    expect(await radicale.texts(work)).toEqual([]);
    await runCalendars(ctx);
    await runCalendars(ctx);
    const [text] = await radicale.texts(work);
    expect(text).toContain(stamp(startAt));
    expect(text).toMatch(/SUMMARY:Call with Visitor/);
    expect(text).not.toMatch(/ATTENDEE|ORGANIZER|912 345|jonas/);
    await moveCallback(ctx, token, { from: startAt, to: startAt + 15 * MINUTE });
    await runCalendars(ctx);
    expect(await times(work)).toEqual([stamp(startAt + 15 * MINUTE)]);
    expect(await ctx.db.query('select sequence, trouble from calendar_events')).toEqual([
      { sequence: 1, trouble: null },
    ]);
    await cancelCallback(ctx, token);
    await runCalendars(ctx);
    expect(await radicale.texts(work)).toEqual([]);
    expect(await ctx.db.query('select 1 from calendar_events')).toEqual([]);
    const [row] = await ctx.db.query<{ busy: object[] }>('select busy from calendars');
    expect(row?.busy).toEqual([]);
  });

  it('is booked while the server is away, and follows when it is back; the agent is told meanwhile', async () => {
    await connect(work);
    await radicale.stop();
    const { startAt } = await book();
    await runCalendars(ctx);
    expect(await ownOf()).toMatchObject([
      { freshness: 'fresh', unwritten: { count: 1, reason: 'The server does not answer.' } },
    ]);
    expect(JSON.stringify(warnings)).not.toMatch(/127\.0|app-password/);
    await radicale.start();
    world.clock.now += 2 * MINUTE;
    await runCalendars(ctx);
    expect(await times(work)).toEqual([stamp(startAt)]);
    expect(await ownOf()).toMatchObject([{ unwritten: null, trouble: null }]);
  });

  it('is another where its agent says so: what is agreed moves there', async () => {
    await connect(work);
    const { calendarId } = await connect(own, 'Own');
    const { startAt, token } = await book();
    await runCalendars(ctx);
    expect(await times(work)).toContain(stamp(startAt));
    await chooseCalendar(ctx, world.ana, { calendarId, takesCalls: true });
    expect((await ownOf()).map(({ takesCalls }) => takesCalls)).toEqual([false, true]);
    await runCalendars(ctx);
    expect(await times(work)).not.toContain(stamp(startAt));
    expect(await times(own)).toContain(stamp(startAt));
    await expect(chooseCalendar(ctx, world.ben, { calendarId, takesCalls: false })).rejects.toThrow(
      /no such/,
    );
    await chooseCalendar(ctx, world.ana, { calendarId, takesCalls: false });
    await runCalendars(ctx);
    expect(await times(own)).not.toContain(stamp(startAt));
    await cancelCallback(ctx, token);
  });

  it('is written by one process at a time', async () => {
    await connect(work);
    const { startAt, token } = await book();
    await Promise.all(Array.from({ length: 6 }, () => runCalendars(ctx)));
    expect((await times(work)).filter((time) => time === stamp(startAt))).toHaveLength(1);
    await cancelCallback(ctx, token);
    await Promise.all(Array.from({ length: 6 }, () => runCalendars(ctx)));
    expect(await times(work)).not.toContain(stamp(startAt));
  });
});
