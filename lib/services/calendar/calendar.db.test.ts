import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openCalendars } from '@/lib/integrations/calendars/open-calendars';
import { bookCallback } from '../callback/book';
import { callbackUrl } from '../callback/link';
import { moveCallback, readManaged } from '../callback/manage';
import { bookFirst, CONTACT, firstSlot } from '../callback/testing';
import type { Context } from '../context';
import { AppError } from '../errors';
import { openTestWorld, type TestWorld } from '../testing';
import { connectFeed } from './connect-feed';
import { disconnectCalendar } from './disconnect';
import { calendarNotices } from './notices';
import { readAllCalendars, readOwnCalendars } from './read';
import { readCalendarNow } from './read-now';
import { calendarText, runCalendars, servedFeed } from './testing';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let world: TestWorld;
let served: Awaited<ReturnType<typeof servedFeed>>;
let ctx: Context;
const warnings: object[] = [];
beforeAll(async () => {
  world = await openTestWorld();
  served = await servedFeed();
  const warn = (fields: object) => warnings.push(fields);
  ctx = {
    ...world.ctx,
    calendars: openCalendars({
      internalHosts: ['127.0.0.1'],
      calendarClients: { google: null, outlook: null },
    }),
    log: { ...world.ctx.log, warn },
  };
});
afterAll(async () => {
  await served.close();
  await world.close();
});
beforeEach(async () => {
  await ctx.db.query('delete from callbacks');
  await ctx.db.query('delete from calendars');
  served.feed.text = calendarText();
  warnings.length = 0;
});

const NAMED = { name: 'My own', timeZone: 'Europe/Oslo' };
const connect = (actor = world.ana, url = served.url) => connectFeed(ctx, actor, { ...NAMED, url });
const first = async () => {
  const made = await world.conversation('offered');
  return { ...made, startAt: await firstSlot(ctx, made.visitor, made.handoffId) };
};
const logged = () =>
  ctx.db.query<{ kind: string; payload: object }>(
    `select kind, payload from stream_events where kind like 'calendar.%' order by seq desc limit 1`,
  );
const refused = async (run: () => Promise<unknown>, code: string) => {
  const error = await run().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  expect((error as AppError).code).toBe(code);
  return error as AppError;
};

describe('a calendar that publishes its times', () => {
  it('is read as it is connected, with nothing of what the times are for, and its address is sealed', async () => {
    const start = world.clock.now + 2 * HOUR;
    served.feed.text = calendarText([start, start + HOUR]);
    const { calendarId } = await connect();
    const { calendars } = await readOwnCalendars(ctx, world.ana);
    expect(calendars).toMatchObject([
      { id: calendarId, name: 'My own', kind: 'feed', freshness: 'fresh', trouble: null, takesCalls: false },
    ]);
    const [row] = await ctx.db.query<{ busy: object; sealed: Buffer }>('select * from calendars');
    expect(row?.busy).toEqual([{ start, end: start + HOUR }]);
    const kept = `${JSON.stringify(row)} ${row?.sealed.toString('latin1')} ${JSON.stringify(await logged())}`;
    expect(kept).not.toMatch(/secret-a1b2|Dentist/);
    expect((await logged())[0]).toMatchObject({
      kind: 'calendar.connected',
      payload: { calendarId, kind: 'feed', name: 'My own' },
    });
  });

  it.each([
    ['no address', 'maya.ics', /whole address/],
    ['one inside', 'https://10.0.0.1/maya.ics', /network of this server/],
    ['one without TLS', 'http://example.com/maya.ics', /https/],
  ])('is not connected by %s', async (_, url, words) => {
    const { refusal } = await refused(() => connect(world.ana, url), 'invalid');
    expect(refusal.fields?.url).toMatch(words);
  });

  it('is not connected where it cannot be read, and nothing of it stays', async () => {
    served.feed.text = null;
    const { refusal } = await refused(() => connect(), 'invalid');
    expect(refusal.fields?.url).toBe('The server answered with an error (500).');
    served.feed.text = '<html>Sign in</html>';
    await refused(() => connect(), 'invalid');
    expect(await ctx.db.query('select 1 from calendars')).toEqual([]);
  });

  it('are ten at most', async () => {
    for (let each = 0; each < 10; each += 1) await connect();
    await refused(() => connect(), 'limit');
  });

  it('is its owner’s: others neither see nor touch it, an admin sees and takes it away', async () => {
    const { calendarId } = await connect();
    const admin = await world.agent('Root', 'admin', []);
    expect((await readOwnCalendars(ctx, world.ben)).calendars).toEqual([]);
    await refused(() => readAllCalendars(ctx, world.ben), 'forbidden');
    await refused(() => readCalendarNow(ctx, world.ben, { calendarId }), 'not_found');
    await refused(() => disconnectCalendar(ctx, world.ben, { calendarId }), 'not_found');
    expect((await readAllCalendars(ctx, admin)).calendars).toMatchObject([{ agentName: 'Ana' }]);
    await disconnectCalendar(ctx, admin, { calendarId });
    expect((await logged())[0]).toMatchObject({ kind: 'calendar.disconnected', payload: { calendarId } });
    await refused(() => disconnectCalendar(ctx, admin, { calendarId }), 'not_found');
  });
});

describe('times that customers are offered', () => {
  it('are none at which every agent of the team is busy elsewhere, the buffer included', async () => {
    const { startAt } = await first();
    served.feed.text = calendarText([startAt, startAt + HOUR]);
    await connect(world.ana);
    expect((await first()).startAt).toBe(startAt);
    await connect(world.ben);
    const { startAt: after, handoffId, visitor } = await first();
    expect(after).toBe(startAt + 75 * MINUTE);
    await refused(
      () =>
        bookCallback(ctx, visitor, {
          handoffId,
          channel: 'voice',
          startAt,
          ...CONTACT,
          timeZone: 'Europe/Lisbon',
        }),
      'limit',
    );
  });

  it('go to whoever is free then', async () => {
    const { startAt, visitor, handoffId } = await first();
    served.feed.text = calendarText([startAt, startAt + HOUR]);
    await connect(world.ana);
    await bookFirst(ctx, { visitor, handoffId }, { startAt });
    const [call] = await ctx.db.query('select agent_id from callbacks');
    expect(call).toEqual({ agent_id: world.ben.id });
  });

  it('follow what the calendar says when it is read again', async () => {
    const { startAt } = await first();
    await connect(world.ana);
    await connect(world.ben);
    served.feed.text = calendarText([startAt, startAt + HOUR]);
    expect((await first()).startAt).toBe(startAt);
    const [one] = (await readOwnCalendars(ctx, world.ana)).calendars;
    await readCalendarNow(ctx, world.ana, { calendarId: one?.id ?? '' });
    await runCalendars(ctx);
    expect((await first()).startAt).toBe(startAt);
    world.clock.now += 5 * MINUTE;
    await runCalendars(ctx);
    expect((await first()).startAt).toBe(startAt + 75 * MINUTE);
  });

  it('of a call that is moved may overlap its own, which stands in its agent’s calendar by then', async () => {
    await ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [world.ben.id]);
    await ctx.directory.refresh();
    const { visitor, handoffId, startAt } = await first();
    await bookFirst(ctx, { visitor, handoffId }, { startAt });
    served.feed.text = calendarText(
      [startAt, startAt + 15 * MINUTE],
      [startAt + 60 * MINUTE, startAt + 90 * MINUTE],
    );
    await connect(world.ana);
    const [call] = await ctx.db.query<{ id: string }>('select id from callbacks');
    const token =
      callbackUrl(ctx, call?.id ?? '')
        .split('/')
        .at(-1) ?? '';
    const { proposal } = (await readManaged(ctx, token)) ?? {};
    expect(proposal?.slots[0]?.startAt).toBe(startAt + 15 * MINUTE);
    const from = startAt;
    await refused(() => moveCallback(ctx, token, { from, to: startAt + 60 * MINUTE }), 'limit');
    await moveCallback(ctx, token, { from, to: startAt + 15 * MINUTE });
    expect((await first()).startAt).toBe(startAt + 105 * MINUTE);
    await ctx.db.query('update users set disabled_at = null where id = $1::uuid', [world.ben.id]);
    await ctx.directory.refresh();
  });
});

describe('a calendar that cannot be read', () => {
  it('is told to its owner, keeps what was known for a day, and then offers its agent no more', async () => {
    const { startAt } = await first();
    served.feed.text = calendarText([startAt, startAt + HOUR]);
    await connect(world.ana);
    await connect(world.ben);
    const before = world.clock.now;
    served.feed.text = null;
    world.clock.now += 5 * MINUTE;
    await runCalendars(ctx);
    const failedAt = world.clock.now;
    const [told] = (await readOwnCalendars(ctx, world.ana)).calendars;
    expect(told).toMatchObject({
      freshness: 'late',
      readAt: before,
      trouble: { reason: 'The server answered with an error (500).', since: failedAt },
      nextReadAt: failedAt + MINUTE,
    });
    expect(warnings).toContainEqual({ calendarId: told?.id, kind: 'feed', failures: 1 });
    expect(JSON.stringify(warnings)).not.toMatch(/127\.0\.0\.1|secret/);
    const admin = await world.agent('Head', 'admin', []);
    expect(await calendarNotices(ctx, world.ana)).toMatchObject([
      { text: expect.stringMatching(/“My own” cannot be read.*said before/), href: '/calendars' },
    ]);
    expect(await calendarNotices(ctx, admin)).toEqual([
      { text: '2 calendars of your agents cannot be read.', href: '/settings/calendars' },
    ]);
    expect((await first()).startAt).toBeGreaterThanOrEqual(startAt + 75 * MINUTE);
    world.clock.now += MINUTE;
    await runCalendars(ctx);
    expect((await readOwnCalendars(ctx, world.ana)).calendars[0]).toMatchObject({
      trouble: { since: failedAt },
      nextReadAt: world.clock.now + 2 * MINUTE,
    });
    world.clock.now = before + 24 * HOUR;
    expect((await readOwnCalendars(ctx, world.ana)).calendars[0]?.freshness).toBe('lost');
    await expect(first()).rejects.toThrow('No time is free');
    expect((await calendarNotices(ctx, world.ana))[0]?.text).toContain('offered no times with you');
    expect((await calendarNotices(ctx, admin))[0]?.text).toContain('With 2 of them no times are offered.');

    served.feed.text = calendarText();
    await runCalendars(ctx);
    expect((await readOwnCalendars(ctx, world.ana)).calendars[0]).toMatchObject({
      freshness: 'fresh',
      trouble: null,
    });
    expect(await calendarNotices(ctx, admin)).toEqual([]);
    await first();
  });

  it('is read by one process at a time', async () => {
    await connect();
    world.clock.now += 5 * MINUTE;
    const before = served.feed.asked;
    await Promise.all(Array.from({ length: 6 }, () => runCalendars(ctx)));
    expect(served.feed.asked - before).toBe(1);
  });
});
