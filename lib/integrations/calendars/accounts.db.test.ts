import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  beginAccount,
  connectAccount,
  readTrouble,
  signTrouble,
} from '@/lib/services/calendar/connect-account';
import { disconnectCalendar } from '@/lib/services/calendar/disconnect';
import { readOwnCalendars } from '@/lib/services/calendar/read';
import { runCalendars } from '@/lib/services/calendar/testing';
import { callbackUrl } from '@/lib/services/callback/link';
import { cancelCallback, moveCallback } from '@/lib/services/callback/manage';
import { bookFirst, firstSlot } from '@/lib/services/callback/testing';
import type { Context } from '@/lib/services/context';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { type Asked, openFakeProvider, tokenAnswer } from './fake-provider';
import { openCalendars } from './open-calendars';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
type Span = { start: number; end: number };
const iso = ({ start, end }: Span) => ({
  start: new Date(start).toISOString(),
  end: new Date(end).toISOString(),
});
const EVENTS = '/calendar/v3/calendars/primary/events';

const state = { revoked: false, rotates: null as string | null, busy: [] as Span[], unreadable: false };
/** What stands in the account: Google's by the id that we chose, Microsoft's by the one it gave. */
const events = new Map<string, Record<string, unknown> & { deleted?: boolean }>();

/** https://developers.google.com/workspace/calendar/api/v3/reference */
function google(asked: Asked) {
  const { method, path, body, headers } = asked;
  if (path === '/token') return tokenAnswer(asked, state);
  if (headers.authorization !== 'Bearer access') return { status: 401, body: {} };
  if (path === '/calendar/v3/freeBusy') {
    const primary = state.unreadable
      ? { errors: [{ domain: 'global', reason: 'notFound' }], busy: [] }
      : { busy: state.busy.map(iso) };
    return { status: 200, body: { kind: 'calendar#freeBusy', calendars: { primary } } };
  }
  const id = path.startsWith(`${EVENTS}/`) ? path.slice(EVENTS.length + 1) : `${body.id}`;
  const event = events.get(id);
  if (method === 'POST') {
    if (!/^[0-9a-v]{5,1024}$/.test(id)) return { status: 400, body: {} };
    if (event) return { status: 409, body: {} };
    events.set(id, body);
    return { status: 200, body };
  }
  if (!event) return { status: 404, body: {} };
  if (method === 'PATCH') {
    events.set(id, { ...event, ...body, deleted: false });
    return { status: 200, body };
  }
  if (event.deleted) return { status: 410, body: {} };
  event.deleted = true;
  return { status: 204 };
}

let pageOf: (path: string) => string = (path) => path;
/** https://learn.microsoft.com/graph/api/user-list-calendarview and the events beside it */
function outlook(asked: Asked) {
  const { method, path, body, headers, query } = asked;
  if (path === '/token') return tokenAnswer(asked, state);
  if (headers.authorization !== 'Bearer access') return { status: 401, body: {} };
  if (path === '/v1.0/me/calendarView') {
    const skip = Number(query.get('$skip') ?? 0);
    const timed = (at: number) => ({
      dateTime: `${new Date(at).toISOString().slice(0, 19)}.0000000`,
      timeZone: 'UTC',
    });
    const all = state.busy.map(({ start, end }, index) => ({
      start: timed(start),
      end: timed(end),
      showAs: ['busy', 'free', 'oof', 'workingElsewhere', 'tentative'][index % 5],
      isCancelled: index === 5,
    }));
    const next = skip + 2 < all.length ? { '@odata.nextLink': pageOf(`${path}?$skip=${skip + 2}`) } : {};
    return { status: 200, body: { value: all.slice(skip, skip + 2), ...next } };
  }
  const prefix = '/v1.0/me/events';
  if (method === 'GET') {
    const uid = /ep\/value eq '([^']+)'/.exec(query.get('$filter') ?? '')?.[1];
    const found = [...events].filter(([, event]) =>
      JSON.stringify(event.singleValueExtendedProperties ?? '').includes(`${uid}`),
    );
    return { status: 200, body: { value: found.map(([id]) => ({ id })) } };
  }
  if (method === 'POST') {
    events.set(`AAMk/${events.size}=`, body);
    return { status: 201, body: {} };
  }
  const id = path.slice(prefix.length + 1);
  if (!events.has(id)) return { status: 404, body: {} };
  if (method === 'PATCH') events.set(id, { ...events.get(id), ...body });
  else events.delete(id);
  return method === 'PATCH' ? { status: 200, body: {} } : { status: 204 };
}

const fakes = { google, outlook };
const timesOf = (kind: 'google' | 'outlook') =>
  [...events.values()]
    .filter(({ deleted }) => !deleted)
    .map(({ start }) =>
      Date.parse(`${(start as { dateTime: string }).dateTime}${kind === 'outlook' ? 'Z' : ''}`),
    );

describe.each(['google', 'outlook'] as const)('%s, by a server that answers as documented', (kind) => {
  let world: TestWorld;
  let ctx: Context;
  let provider: Awaited<ReturnType<typeof openFakeProvider>>;
  beforeAll(async () => {
    provider = await openFakeProvider(fakes[kind]);
    pageOf = (path) => `${provider.endpoints.apiUrl}${path}`;
    world = await openTestWorld();
    const client = { clientId: 'desk', clientSecret: 'secret', tenant: 'common' };
    const calendars = openCalendars(
      { internalHosts: ['127.0.0.1'], calendarClients: { google: client, outlook: client } },
      { google: provider.endpoints, outlook: provider.endpoints },
    );
    ctx = { ...world.ctx, calendars };
    await ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [world.ben.id]);
    await ctx.directory.refresh();
  });
  afterAll(async () => {
    await world.close();
    await provider.close();
  });
  beforeEach(async () => {
    for (const table of ['calendar_events', 'callbacks', 'calendars'])
      await ctx.db.query(`delete from ${table}`);
    Object.assign(state, { revoked: false, rotates: null, busy: [], unreadable: false });
    events.clear();
    provider.asked.length = 0;
  });
  const begin = () => new URL(beginAccount(ctx, world.ana, kind)).searchParams;
  const connect = () => connectAccount(ctx, world.ana, { state: begin().get('state') ?? '', code: 'good' });
  const ownOf = async () => (await readOwnCalendars(ctx, world.ana)).calendars;

  it('asks its owner for no more than it needs, and keeps a sealed token alone', async () => {
    const question = begin();
    expect(Object.fromEntries(question)).toMatchObject({
      client_id: 'desk',
      response_type: 'code',
      redirect_uri: `${ctx.baseUrl}/api/calendars/account/back`,
      code_challenge_method: 'S256',
      ...(kind === 'google' ? { access_type: 'offline', prompt: 'consent' } : {}),
    });
    await connect();
    expect(await ownOf()).toMatchObject([{ kind, name: 'maya@larkfell.example', takesCalls: true }]);
    const rows = await ctx.db.query<{ sealed: Buffer }>('select * from calendars');
    const log = await ctx.db.query('select payload from stream_events');
    expect(JSON.stringify([rows, log]) + rows[0]?.sealed.toString('latin1')).not.toMatch(/stays-1|"access"/);
    expect(provider.asked[0]?.form.get('code_verifier')).toMatch(/^[\w-]{43}$/);
  });

  it('takes an answer from whoever was asked alone, in time, and none that refuses', async () => {
    const answer = begin().get('state') ?? '';
    await expect(connectAccount(ctx, world.ben, { state: answer, code: 'good' })).rejects.toThrow('of yours');
    await expect(connectAccount(ctx, world.ana, { state: `${answer}x`, code: 'good' })).rejects.toThrow(
      'of yours',
    );
    await expect(connectAccount(ctx, world.ana, { state: answer, code: null })).rejects.toThrow(
      'did not let us in',
    );
    await expect(connectAccount(ctx, world.ana, { state: answer, code: 'bad' })).rejects.toThrow(
      'not let us in',
    );
    world.clock.now += 11 * MINUTE;
    await expect(connectAccount(ctx, world.ana, { state: answer, code: 'good' })).rejects.toThrow('too old');
    expect(await ownOf()).toEqual([]);
    expect(readTrouble(ctx, signTrouble(ctx, 'Words.'))).toBe('Words.');
    expect(readTrouble(ctx, 'Call this number')).toBeNull();
  });

  it('is read', async () => {
    const from = world.clock.now + HOUR;
    state.busy = [0, 2, 4, 6, 8, 10, 12].map((hours) => ({
      start: from + hours * HOUR,
      end: from + (hours + 1) * HOUR,
    }));
    await connect();
    const [row] = await ctx.db.query<{ busy: Span[] }>('select busy from calendars');
    // Outlook's second is free, its fourth elsewhere, its sixth cancelled, its seventh free.
    const busy = kind === 'google' ? state.busy : [0, 2, 4].flatMap((index) => state.busy[index] ?? []);
    expect(row?.busy).toEqual(busy);
  });

  it('has a call written, moved and taken out, once each', async () => {
    await connect();
    const made = await world.conversation('offered');
    const startAt = await firstSlot(ctx, made.visitor, made.handoffId);
    await bookFirst(ctx, made, { startAt });
    await runCalendars(ctx);
    await runCalendars(ctx);
    expect(timesOf(kind)).toEqual([startAt]);
    // A process died after it was written and before that was noted.
    await ctx.db.query('update calendar_events set sequence = null');
    await runCalendars(ctx);
    expect(timesOf(kind)).toEqual([startAt]);
    expect(JSON.stringify([...events.values()])).not.toMatch(/912 345|jonas|attendees/);
    const [call] = await ctx.db.query<{ id: string }>('select id from callbacks');
    const token =
      callbackUrl(ctx, call?.id ?? '')
        .split('/')
        .at(-1) ?? '';
    await moveCallback(ctx, token, { from: startAt, to: startAt + 15 * MINUTE });
    await runCalendars(ctx);
    expect(timesOf(kind)).toEqual([startAt + 15 * MINUTE]);
    await cancelCallback(ctx, token);
    await runCalendars(ctx);
    expect(timesOf(kind)).toEqual([]);
    expect(await ctx.db.query('select 1 from calendar_events')).toEqual([]);
  });

  it('keeps the token that takes the place of the one before', async () => {
    const { calendarId } = await connect();
    state.rotates = `stays-2-${kind}`;
    const fresh = openCalendars(
      {
        internalHosts: ['127.0.0.1'],
        calendarClients: {
          google: { clientId: 'desk', clientSecret: 'secret' },
          outlook: { clientId: 'desk', clientSecret: 'secret', tenant: 'common' },
        },
      },
      { google: provider.endpoints, outlook: provider.endpoints },
    );
    // Another process, which holds no token for this hour.
    const other = () => ({ ...ctx, calendars: fresh });
    world.clock.now += 5 * MINUTE;
    await runCalendars(other());
    state.rotates = null;
    const asked = provider.asked.filter(({ path }) => path === '/token').length;
    world.clock.now += 5 * MINUTE;
    await runCalendars(other());
    expect(provider.asked.filter(({ path }) => path === '/token')).toHaveLength(asked);
    world.clock.now += 5 * MINUTE;
    await runCalendars(ctx);
    expect(
      provider.asked
        .filter(({ path }) => path === '/token')
        .at(-1)
        ?.form.get('refresh_token'),
    ).toBe(`stays-2-${kind}`);
    await disconnectCalendar(ctx, world.ana, { calendarId });
  });

  it('that lets us in no more is told in words', async () => {
    await connect();
    const other = openCalendars(
      {
        internalHosts: ['127.0.0.1'],
        calendarClients: {
          google: { clientId: 'desk', clientSecret: 'secret' },
          outlook: { clientId: 'desk', clientSecret: 'secret', tenant: 'common' },
        },
      },
      { google: provider.endpoints, outlook: provider.endpoints },
    );
    state.revoked = true;
    world.clock.now += 5 * MINUTE;
    await runCalendars({ ...ctx, calendars: other });
    expect(await ownOf()).toMatchObject([
      { freshness: 'late', trouble: { reason: expect.stringContaining('does not let us in any more') } },
    ]);
    if (kind === 'outlook') return;
    state.revoked = false;
    state.unreadable = true;
    world.clock.now += 5 * MINUTE;
    await runCalendars({ ...ctx, calendars: other });
    expect((await ownOf())[0]?.trouble?.reason).toContain('does not let its calendar be read');
  });
});
