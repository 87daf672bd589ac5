import ical from 'node-ical';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newestCallback } from '@/db/queries/callbacks';
import type { HandoffColumns } from '@/db/queries/conversation-rows';
import { handoffOf as handoffRow } from '@/db/queries/conversation-rows';
import { findConversation } from '@/db/queries/conversations';
import type { Calendar } from '@/lib/domain/business-hours';
import type { CallbackSettings } from '@/lib/domain/callback-settings';
import { DEFAULT_CALLBACK_SETTINGS } from '@/lib/domain/callback-settings';
import type { ErrorCode } from '@/lib/domain/errors';
import { answerTurn } from '../bot/answer';
import { AppError } from '../errors';
import { accept } from '../handoff/accept';
import { claim } from '../handoff/claim';
import { decline } from '../handoff/decline';
import { requestPerson } from '../handoff/request';
import { resolve } from '../handoff/resolve';
import { sendAsVisitor } from '../message/send-as-visitor';
import { evaluateSla } from '../sla/evaluate';
import { expectNoChange, expectRefused, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { bookCallback } from './book';
import { cancelAsAgent } from './cancel';
import { cancelCallback, moveCallback, readManaged } from './manage';
import { markCallback } from './mark';
import { proposeSlots } from './propose';
import { readCallback, readCallbacks } from './read';
import { readOwnSlots, scheduleCallback } from './schedule';
import { stepCallback } from './step';
import { bookFirst, CONTACT, callDue, firstSlot, tokenOf } from './testing';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const nineToFive = [{ from: '09:00', to: '17:00' }];
const WEEK: Calendar = {
  timeZone: 'Europe/Oslo',
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  holidays: [],
};
/** The world begins on a Saturday at nine, when Oslo is closed. */
const MONDAY = Date.UTC(2026, 10, 23, 8);

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.ctx.db.query('delete from callbacks');
  await world.ctx.db.query('delete from outbox');
  await set(`hours:${world.teams.returns}`, { version: 2, calendar: WEEK });
  await callbacks({});
});

async function set(key: string, value: unknown): Promise<void> {
  await world.ctx.db.query(
    `insert into settings (key, value, updated_at) values ($1::text, $2::jsonb, now())
     on conflict (key) do update set value = excluded.value`,
    [key, value as object],
  );
  await world.ctx.settings.refresh();
}
const callbacks = (terms: Partial<CallbackSettings>) =>
  set(`callbacks:${world.teams.returns}`, { ...DEFAULT_CALLBACK_SETTINGS, version: 2, ...terms });
const mails = () =>
  world.ctx.db.query<{ recipient: string; subject: string; text: string; calendar: string | null }>(
    'select recipient, subject, text, calendar from outbox order by created_at, id',
  );
/** Somebody who stood in line when the team closed. */
const waits = async () => {
  await set(`hours:${world.teams.returns}`, { version: 2, calendar: null });
  const made = await world.conversation('pending');
  await set(`hours:${world.teams.returns}`, { version: 2, calendar: WEEK });
  return made;
};
const callOf = async (conversationId: string) => {
  const callback = await newestCallback(world.ctx.db, conversationId);
  if (callback === null) throw new Error('No call was agreed');
  return callback;
};
const headOf = async (conversationId: string) => {
  const loaded = await findConversation(world.ctx.db, conversationId);
  if (loaded === null) throw new Error('There is no such conversation');
  return loaded.head;
};
const handoffOf = async (id: string) => {
  const [row] = await world.ctx.db.query<{ handoff: HandoffColumns }>(
    'select to_jsonb(h) as handoff from handoffs h where id = $1::uuid',
    [id],
  );
  if (row === undefined) throw new Error('There is no such handoff');
  return handoffRow(row.handoff);
};
const refused = (act: () => Promise<unknown>, code: ErrorCode) => expectRefused(world, code, act);
const kinds = async (conversationId: string) => (await logOf(world, conversationId)).map(({ kind }) => kind);
const eventsOf = (calendar: string | null | undefined) =>
  Object.values(ical.parseICS(calendar ?? '')).filter((each) => each?.type === 'VEVENT');
const linkOf = async (conversationId: string) => tokenOf(world.ctx, await callOf(conversationId));

async function booked() {
  const made = await world.conversation('offered');
  const startAt = (await bookFirst(world.ctx, made)) ?? 0;
  return { ...made, startAt, token: await linkOf(made.conversationId) };
}

describe('what is offered', () => {
  it('names the next time of the team’s hours, and the three that are proposed', async () => {
    const made = await world.conversation('offered');
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({
      paths: ['follow_up', 'callback'],
      callback: { kind: 'slots', nextAt: MONDAY },
    });
    const proposal = await proposeSlots(world.ctx, made.visitor, {
      handoffId: made.handoffId,
      channel: null,
      timeZone: 'Europe/Lisbon',
      after: null,
    });
    expect(proposal).toMatchObject({
      channel: 'voice',
      channels: [
        { channel: 'voice', minutes: 15 },
        { channel: 'chat', minutes: 30 },
      ],
      teamTimeZone: 'Europe/Oslo',
      withinMs: null,
    });
    expect(proposal.slots.map(({ startAt }) => startAt)).toEqual([
      MONDAY,
      MONDAY + 90 * MINUTE,
      MONDAY + DAY,
    ]);
    const more = await proposeSlots(world.ctx, made.visitor, {
      handoffId: made.handoffId,
      channel: 'voice',
      timeZone: 'Europe/Lisbon',
      after: MONDAY + DAY,
    });
    expect(more.slots[0]?.startAt).toBe(MONDAY + DAY + 15 * MINUTE);
  });

  it('leaves calls out where the team makes none', async () => {
    await callbacks({ mode: 'off' });
    const made = await world.conversation('offered');
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ paths: ['follow_up'], callback: null });
    await refused(() => bookFirst(world.ctx, made, { startAt: MONDAY }), 'conflict');
  });

  it('is a call within so long where no time can be named', async () => {
    await callbacks({ mode: 'queue' });
    const made = await world.conversation('offered');
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff?.callback).toEqual({ kind: 'queue', withinMs: 2 * HOUR });
  });
});

describe('a time that is booked', () => {
  it('closes the chat, stands in an agent’s calendar, and goes out as an invitation', async () => {
    const { conversationId, handoffId, startAt } = await booked();
    expect(await headOf(conversationId)).toMatchObject({ state: 'resolved', agentId: null });
    expect(await handoffOf(handoffId)).toMatchObject({ state: 'scheduled', path: 'callback' });
    expect((await kinds(conversationId)).slice(-2)).toEqual(['callback.booked', 'handoff.scheduled']);
    const call = await callOf(conversationId);
    expect(call).toMatchObject({
      state: 'booked',
      slot: { startAt, endAt: startAt + 15 * MINUTE },
      lateAt: startAt + 5 * MINUTE,
      ...CONTACT,
      timeZone: 'Europe/Lisbon',
      teamTimeZone: 'Europe/Oslo',
    });
    expect([world.ana.id, world.ben.id]).toContain(call.agent?.id);
    const snapshot = await visitorSnapshot(world.ctx, conversationId);
    expect(snapshot).toMatchObject({ state: 'resolved', handoff: null });
    expect(JSON.stringify(snapshot)).not.toContain('912 345');
    expect(JSON.stringify(await logOf(world, conversationId))).not.toMatch(/912 345|jonas/);
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail?.recipient).toBe(CONTACT.email);
    expect(mail?.text).toContain('Monday 23 November, 08:00, your time (Lisbon). That is 09:00 Oslo.');
    expect(mail?.text).toContain('+351 91• ••• •46');
    expect(mail?.calendar).toMatch(/^METHOD:REQUEST/m);
    const [event] = eventsOf(mail?.calendar);
    expect(event).toMatchObject({ uid: expect.stringContaining(call.callbackId), status: 'CONFIRMED' });
    expect(event && 'start' in event && event.start?.getTime()).toBe(startAt);
    expect(await timersOf(world, conversationId)).toContain(`callback.step:${conversationId}`);
  });

  it('takes no number that cannot be rung and no address that is none', async () => {
    const made = await world.conversation('offered');
    const wish = {
      handoffId: made.handoffId,
      channel: 'voice' as const,
      startAt: MONDAY,
      ...CONTACT,
      timeZone: 'Europe/Lisbon',
    };
    await refused(() => bookCallback(world.ctx, made.visitor, { ...wish, phone: 'later' }), 'invalid');
    await refused(() => bookCallback(world.ctx, made.visitor, { ...wish, phone: null }), 'invalid');
    await refused(() => bookCallback(world.ctx, made.visitor, { ...wish, email: null }), 'invalid');
    await refused(() => bookCallback(world.ctx, made.visitor, { ...wish, email: 'a@b' }), 'invalid');
    await expect(
      bookCallback(world.ctx, made.visitor, { ...wish, timeZone: 'Middle/Earth' }),
    ).rejects.toThrow('is no time zone');
  });

  it('is refused outside the hours, in the past, off the quarter, and where it was not proposed to be', async () => {
    const made = await world.conversation('offered');
    for (const startAt of [
      MONDAY - 15 * MINUTE,
      MONDAY + 8 * HOUR,
      MONDAY + 7 * MINUTE,
      world.clock.now - HOUR,
      MONDAY + 60 * DAY,
    ]) {
      await refused(() => bookFirst(world.ctx, made, { startAt }), 'limit');
    }
  });

  it('keeps the buffer on either side, for every agent, and has everyone’s calendar before it is full', async () => {
    for (const after of [0, 0, 30, 30]) {
      const made = await world.conversation('offered');
      await bookFirst(world.ctx, made, { startAt: MONDAY + after * MINUTE });
    }
    const last = await world.conversation('offered');
    for (const after of [0, 15, 30]) {
      await refused(() => bookFirst(world.ctx, last, { startAt: MONDAY + after * MINUTE }), 'limit');
    }
    expect(await firstSlot(world.ctx, last.visitor, last.handoffId)).toBe(MONDAY + 60 * MINUTE);
  });

  it('of 40 who want the last one at once is one’s', async () => {
    const solo = await world.agent('Solo', 'agent', [world.teams.orders]);
    await world.ctx.db.query('update widgets set team_id = $1::uuid', [world.teams.orders]);
    await world.ctx.directory.refresh();
    try {
      const made = await Promise.all(Array.from({ length: 40 }, () => world.conversation('offered')));
      const startAt = Math.ceil((world.clock.now + HOUR) / HOUR) * HOUR;
      const answers = await Promise.allSettled(made.map((each) => bookFirst(world.ctx, each, { startAt })));
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const answer of answers) {
        if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(AppError);
      }
      const rows = await world.ctx.db.query('select 1 from callbacks where agent_id = $1::uuid', [solo.id]);
      expect(rows).toHaveLength(1);
    } finally {
      await world.ctx.db.query('update widgets set team_id = $1::uuid', [world.teams.returns]);
      await world.ctx.directory.refresh();
    }
  });

  it('may come out of the line too, and leaves it', async () => {
    const made = await waits();
    await bookFirst(world.ctx, made);
    expect(await headOf(made.conversationId)).toMatchObject({ state: 'resolved' });
    await evaluateSla(world.ctx, made.conversationId);
    const timers = await timersOf(world, made.conversationId);
    expect(timers.filter((key) => key !== 'outbox.due')).toEqual([`callback.step:${made.conversationId}`]);
  });

  it('without a time it keeps the place in line, under the promise, and the bot helps', async () => {
    const made = await waits();
    const bookSoon = () => bookFirst(world.ctx, made, { startAt: null });
    await Promise.allSettled([bookSoon(), bookSoon()]);
    await refused(bookSoon, 'limit');
    expect((await callOf(made.conversationId)).state).toBe('due');
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ id: made.handoffId, state: 'pending', followUp: true, instead: [] });
    const kinds = (await logOf(world, made.conversationId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'callback.booked' || kind === 'handoff.pathChanged')).toEqual([
      'callback.booked',
      'handoff.pathChanged',
    ]);
  });

  it('lets the customer write again, and ask for a person before', async () => {
    const { conversationId, visitor, handoffId } = await booked();
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'One more thing.' });
    expect(await headOf(conversationId)).toMatchObject({ state: 'bot' });
    await answerTurn(world.ctx, conversationId);
    await requestPerson(world.ctx, visitor);
    expect((await visitorSnapshot(world.ctx, conversationId)).handoff).toMatchObject({
      id: handoffId,
      state: 'offered',
    });
    expect((await callOf(conversationId)).state).toBe('booked');
    await refused(() => bookFirst(world.ctx, { visitor, handoffId }), 'limit');
  });
});

describe('by itself', () => {
  it('reminds both a quarter of an hour before, once', async () => {
    const { conversationId, startAt } = await booked();
    world.clock.now = startAt - 15 * MINUTE - 1;
    await expectNoChange(world, () => stepCallback(world.ctx, conversationId));
    world.clock.now = startAt - 15 * MINUTE;
    await Promise.all(Array.from({ length: 5 }, () => stepCallback(world.ctx, conversationId)));
    expect((await kinds(conversationId)).filter((kind) => kind === 'callback.reminded')).toHaveLength(1);
    const { agent } = await callOf(conversationId);
    const recipient = world.ctx.directory.agent(agent?.id ?? '')?.email ?? '';
    const [invited, ...reminded] = await mails();
    expect(invited?.subject).toBe('Larkfell: your call on Monday 23 November, 08:00');
    expect(reminded).toHaveLength(2);
    const [customers] = reminded.filter((mail) => mail.recipient === CONTACT.email);
    expect(customers).toMatchObject({ subject: 'Larkfell: your call is in 15 minutes', calendar: null });
    const [agents] = reminded.filter((mail) => mail.recipient === recipient);
    expect(agents).toMatchObject({
      subject: expect.stringMatching(/^Larkfell: your call with .+ is in 15 minutes$/),
      calendar: null,
    });
    expect(agents?.text).toContain('by phone. Monday 23 November, 09:00 (Oslo).');
    expect(agents?.text).toContain(`${world.ctx.baseUrl}/inbox/mine/${conversationId}`);
    expect(agents?.text).not.toMatch(/912|jonas\.berg|\/callback\//);
  });

  it('reminds no agent who is gone', async () => {
    const { conversationId, startAt } = await booked();
    const call = await callOf(conversationId);
    const disabled = (at: string) =>
      world.ctx.db.query(`update users set disabled_at = ${at} where id = $1::uuid`, [
        call.agent?.id ?? null,
      ]);
    await disabled('now()');
    await world.ctx.directory.refresh();
    world.clock.now = startAt - 15 * MINUTE;
    await stepCallback(world.ctx, conversationId);
    await disabled('null');
    await world.ctx.directory.refresh();
    expect((await mails()).map((mail) => mail.recipient)).toEqual([CONTACT.email, CONTACT.email]);
  });

  it('is due at its time: with its agent, above their capacity, with all that is known, under its own clock', async () => {
    const { conversationId, handoffId, startAt } = await booked();
    const call = await callOf(conversationId);
    await world.ctx.db.query('update users set capacity = 1, load = 1 where id = $1::uuid', [
      call.agent?.id ?? null,
    ]);
    world.clock.now = startAt;
    await stepCallback(world.ctx, conversationId);
    await Promise.all(Array.from({ length: 5 }, () => stepCallback(world.ctx, conversationId)));
    expect(await headOf(conversationId)).toMatchObject({
      state: 'active',
      agentId: call.agent?.id,
      teamId: world.teams.returns,
      resolvedAt: null,
    });
    const handoff = await handoffOf(handoffId);
    expect(handoff).toMatchObject({ state: 'claimed', path: 'callback' });
    expect(handoff.context?.summary).toBe('Wants a refund.');
    expect((await kinds(conversationId)).filter((kind) => kind === 'callback.due')).toHaveLength(1);
    world.clock.now = startAt + 5 * MINUTE;
    await evaluateSla(world.ctx, conversationId);
    const breach = (await logOf(world, conversationId)).find(({ payload }) => payload.mark === 'breach');
    expect(breach?.payload).toMatchObject({ metric: 'first_response', dueAt: startAt + 5 * MINUTE });
    expect((await handoffOf(handoffId)).sla.map(({ metric }) => metric)).not.toContain('next_response');
    await world.ctx.db.query('update users set capacity = 1000, load = 0');
  });

  it('finds the agent who has it already, and takes nothing from them', async () => {
    const { conversationId, visitor, startAt, handoffId } = await booked();
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Now, please.' });
    await requestPerson(world.ctx, visitor);
    await accept(world.ctx, visitor, { handoffId, details: 'later' });
    const other = await world.agent('Other');
    await claim(world.ctx, other, { conversationId, handoffId });
    world.clock.now = startAt;
    await stepCallback(world.ctx, conversationId);
    await stepCallback(world.ctx, conversationId);
    expect(await headOf(conversationId)).toMatchObject({ state: 'active', agentId: other.id });
    expect((await callOf(conversationId)).state).toBe('due');
  });

  it('makes another handoff where the one before is over', async () => {
    const { conversationId, visitor, startAt, handoffId } = await booked();
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Now, please.' });
    await requestPerson(world.ctx, visitor);
    await decline(world.ctx, visitor, { handoffId });
    world.clock.now = startAt;
    await stepCallback(world.ctx, conversationId);
    await stepCallback(world.ctx, conversationId);
    const head = await headOf(conversationId);
    expect(head).toMatchObject({ state: 'active' });
    expect(head.handoffId).not.toBe(handoffId);
    expect((await callOf(conversationId)).handoffId).toBe(head.handoffId);
  });

  it('is the team’s where its agent has left', async () => {
    const gone = await world.agent('Gone', 'agent', [world.teams.orders]);
    await world.ctx.db.query('update widgets set team_id = $1::uuid', [world.teams.orders]);
    await world.ctx.db.query('update users set disabled_at = now() where name = $1::text', ['Solo']);
    await world.ctx.directory.refresh();
    const made = await world.conversation('offered');
    const startAt = (await bookFirst(world.ctx, made)) ?? 0;
    expect((await callOf(made.conversationId)).agent?.id).toBe(gone.id);
    await world.ctx.db.query('update users set disabled_at = now() where id = $1::uuid', [gone.id]);
    await world.ctx.db.query('update widgets set team_id = $1::uuid', [world.teams.returns]);
    await world.ctx.directory.refresh();
    world.clock.now = startAt;
    await stepCallback(world.ctx, made.conversationId);
    await stepCallback(world.ctx, made.conversationId);
    expect(await headOf(made.conversationId)).toMatchObject({
      state: 'pending',
      teamId: world.teams.orders,
    });
  });

  it('is missed when nobody said that they called, and may be said to be kept after all', async () => {
    const made = await booked();
    world.clock.now = made.startAt;
    await stepCallback(world.ctx, made.conversationId);
    await stepCallback(world.ctx, made.conversationId);
    world.clock.now = made.startAt + 15 * MINUTE;
    await stepCallback(world.ctx, made.conversationId);
    const call = await callOf(made.conversationId);
    expect(call.state).toBe('missed');
    expect((await logOf(world, made.conversationId)).at(-1)).toMatchObject({
      kind: 'callback.missed',
      payload: { by: 'us' },
    });
    const agent = [world.ana, world.ben].find(({ id }) => id === call.agent?.id) ?? world.ana;
    const mark = { conversationId: made.conversationId, callbackId: call.callbackId };
    await markCallback(world.ctx, agent, { ...mark, kept: true });
    expect((await callOf(made.conversationId)).state).toBe('kept');
    expect(await timersOf(world, made.conversationId)).not.toContain(`callback.step:${made.conversationId}`);
  });
});

describe('whoever has it says how it went', () => {
  it('kept or missed, once; before that it cannot be resolved', async () => {
    const made = await world.conversation('offered');
    await callDue(world, world.ctx, made);
    const call = await callOf(made.conversationId);
    const [agent, other] = call.agent?.id === world.ana.id ? [world.ana, world.ben] : [world.ben, world.ana];
    const { ownerEpoch } = await headOf(made.conversationId);
    const held = { conversationId: made.conversationId, ownerEpoch };
    await refused(() => resolve(world.ctx, agent, held), 'conflict');
    const mark = { conversationId: made.conversationId, callbackId: call.callbackId, kept: true };
    await refused(() => markCallback(world.ctx, other, mark), 'not_found');
    await markCallback(world.ctx, agent, mark);
    await expectNoChange(world, () => markCallback(world.ctx, agent, mark));
    expect((await handoffOf(made.handoffId)).firstReplyAt).toBe(world.clock.now);
    await resolve(world.ctx, agent, held);
    expect(await headOf(made.conversationId)).toMatchObject({ state: 'resolved' });
  });

  it('reads the number only where they may read the conversation', async () => {
    const { conversationId } = await booked();
    expect((await readCallback(world.ctx, world.ben, { conversationId })).callback?.phone).toBe(
      CONTACT.phone,
    );
    const stranger = await world.agent('Stranger', 'agent', [world.teams.orders]);
    await refused(() => readCallback(world.ctx, stranger, { conversationId }), 'not_found');
    expect(await readCallbacks(world.ctx, stranger)).toEqual([]);
    expect(
      (await readCallbacks(world.ctx, world.ana)).map(({ callback }) => callback.conversationId),
    ).toEqual([conversationId]);
  });
});

describe('by its link', () => {
  it('is looked at as often as one likes, and nothing changes', async () => {
    const { conversationId, token, startAt } = await booked();
    await expectNoChange(world, async () => {
      for (let times = 0; times < 3; times++) {
        const managed = await readManaged(world.ctx, token);
        expect(managed?.callback).toMatchObject({ state: 'booked', maskedPhone: '+351 91• ••• •46' });
        expect(JSON.stringify(managed)).not.toContain('912 345');
        expect(managed?.proposal?.slots.every((slot) => slot.startAt > startAt)).toBe(true);
      }
    });
    expect((await callOf(conversationId)).state).toBe('booked');
  });

  it('is moved, with the same agent where they are free, and the calendar is told with a higher number', async () => {
    const { conversationId, token, startAt } = await booked();
    const before = await callOf(conversationId);
    const to = startAt + 2 * HOUR;
    await moveCallback(world.ctx, token, { from: startAt, to });
    await expectNoChange(world, () => moveCallback(world.ctx, token, { from: startAt, to }));
    const after = await callOf(conversationId);
    expect(after).toMatchObject({
      state: 'booked',
      slot: { startAt: to, endAt: to + 15 * MINUTE },
      lateAt: to + 5 * MINUTE,
      agent: before.agent,
      sequence: 1,
      remindedAt: null,
    });
    const events = (await mails()).flatMap(({ calendar }) => eventsOf(calendar));
    expect(new Set(events.map((event) => event && 'uid' in event && event.uid)).size).toBe(1);
    expect((await mails())[1]?.calendar).toMatch(/^SEQUENCE:1/m);
    world.clock.now = startAt;
    await expectNoChange(world, () => stepCallback(world.ctx, conversationId));
    await refused(() => moveCallback(world.ctx, token, { from: startAt, to: to + HOUR }), 'conflict');
  });

  it('is cancelled once, and frees the time', async () => {
    const { conversationId, token, startAt, handoffId } = await booked();
    await cancelCallback(world.ctx, token);
    await expectNoChange(world, () => cancelCallback(world.ctx, token));
    expect(await callOf(conversationId)).toMatchObject({ state: 'cancelled', sequence: 1 });
    expect(await handoffOf(handoffId)).toMatchObject({ state: 'cancelled', outcome: 'cancelled' });
    expect((await mails()).at(-1)?.calendar).toMatch(/^METHOD:CANCEL/m);
    expect(eventsOf((await mails()).at(-1)?.calendar)[0]).toMatchObject({ status: 'CANCELLED' });
    await refused(() => moveCallback(world.ctx, token, { from: startAt, to: startAt + HOUR }), 'conflict');
    world.clock.now = startAt;
    await stepCallback(world.ctx, conversationId);
    expect(await headOf(conversationId)).toMatchObject({ state: 'resolved' });
    expect((await readManaged(world.ctx, token))?.proposal).toBeNull();
  });

  it('moves nothing once its time has come', async () => {
    const { conversationId, token, startAt } = await booked();
    world.clock.now = startAt;
    await refused(() => moveCallback(world.ctx, token, { from: startAt, to: startAt + DAY }), 'conflict');
    expect((await callOf(conversationId)).state).toBe('booked');
  });

  it('is nothing with a character changed', async () => {
    const { token } = await booked();
    const changed = `${token.slice(0, 12)}${token[12] === 'A' ? 'B' : 'A'}${token.slice(13)}`;
    expect(await readManaged(world.ctx, changed)).toBeNull();
    await refused(() => cancelCallback(world.ctx, changed), 'not_found');
    await refused(() => moveCallback(world.ctx, changed, { from: 1, to: 2 }), 'not_found');
  });
});

describe('without a time', () => {
  const waiting = async () => {
    const made = await world.conversation('offered');
    await bookFirst(world.ctx, made, { startAt: null });
    return made;
  };

  it('waits in line under the promise that was made, in the team’s hours, while the bot goes on', async () => {
    world.clock.now = MONDAY + HOUR;
    const { conversationId, handoffId, visitor } = await waiting();
    expect(await headOf(conversationId)).toMatchObject({ state: 'pending' });
    expect(await handoffOf(handoffId)).toMatchObject({ path: 'callback', state: 'pending' });
    const call = await callOf(conversationId);
    expect(call).toMatchObject({ state: 'due', slot: null, agent: null, lateAt: world.clock.now + 2 * HOUR });
    expect(await mails()).toEqual([]);
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'And postage?' });
    await answerTurn(world.ctx, conversationId);
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({
      kind: 'message.sent',
      payload: { author: 'bot' },
    });
    world.clock.now = call.lateAt - 1;
    await evaluateSla(world.ctx, conversationId);
    expect(JSON.stringify(await logOf(world, conversationId))).not.toContain('"breach"');
    world.clock.now = call.lateAt;
    await evaluateSla(world.ctx, conversationId);
    expect(JSON.stringify(await logOf(world, conversationId))).toContain('"breach"');
  });

  it('is cancelled out of the line by an agent, and the customer is with the bot', async () => {
    world.clock.now = MONDAY + DAY + HOUR;
    const { conversationId } = await waiting();
    const { callbackId } = await callOf(conversationId);
    await cancelAsAgent(world.ctx, world.ana, { conversationId, callbackId });
    expect(await headOf(conversationId)).toMatchObject({ state: 'bot', teamId: null });
  });
});

describe('an agent', () => {
  it('agrees a call in their own calendar, and the conversation rests until then', async () => {
    world.clock.now = MONDAY + 2 * DAY;
    const made = await world.conversation('active');
    const own = await readOwnSlots(world.ctx, world.ana, {
      conversationId: made.conversationId,
      channel: 'voice',
      after: null,
    });
    const startAt = own.slots[0]?.startAt ?? 0;
    const wish = {
      conversationId: made.conversationId,
      ownerEpoch: made.ownerEpoch,
      channel: 'voice' as const,
      startAt,
      ...CONTACT,
    };
    await refused(() => scheduleCallback(world.ctx, world.ben, wish), 'not_found');
    await refused(
      () => scheduleCallback(world.ctx, world.ana, { ...wish, ownerEpoch: made.ownerEpoch - 1 }),
      'conflict',
    );
    await scheduleCallback(world.ctx, world.ana, wish);
    expect(await headOf(made.conversationId)).toMatchObject({ state: 'resolved' });
    expect((await callOf(made.conversationId)).agent?.id).toBe(world.ana.id);
    world.clock.now = startAt;
    await stepCallback(world.ctx, made.conversationId);
    await stepCallback(world.ctx, made.conversationId);
    expect(await headOf(made.conversationId)).toMatchObject({
      state: 'active',
      agentId: world.ana.id,
    });
  });
});
