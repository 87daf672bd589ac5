import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Calendar } from '@/lib/domain/business-hours';
import { answerTurn } from '../bot/answer';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, expectRefused, handoffOf, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { openSession, visitorSnapshot } from '../visitor/open-session';
import { accept } from './accept';
import { cancel } from './cancel';
import { claim } from './claim';
import { followUp } from './follow-up';
import { release } from './release';
import { requestPerson } from './request';

const HOUR = 3_600_000;
/** The world begins on a Saturday at nine. */
const MONDAY_AT_EIGHT = Date.UTC(2026, 10, 23, 8);
const nineToFive = [{ from: '09:00', to: '17:00' }];
const WEEK: Calendar = {
  timeZone: 'Europe/Oslo',
  week: [nineToFive, nineToFive, nineToFive, nineToFive, nineToFive, [], []],
  holidays: [],
};

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.brain.next = {};
  await hours(WEEK);
});

async function hours(calendar: Calendar | null): Promise<void> {
  await world.ctx.db.query(
    `insert into settings (key, value, updated_at) values ($1::text, $2::jsonb, now())
     on conflict (key) do update set value = excluded.value`,
    [`hours:${world.teams.returns}`, { version: 2, calendar }],
  );
  await world.ctx.settings.refresh();
}
const connected = (until: Date | null) =>
  world.ctx.db.query(`update users set connected_until = $2::timestamptz where id = $1::uuid`, [
    world.ana.id,
    until,
  ]);
const offered = async () => {
  const made = await world.conversation('bot');
  await requestPerson(world.ctx, made.visitor);
  const snapshot = await visitorSnapshot(world.ctx, made.conversationId);
  return { ...made, snapshot, handoffId: snapshot.handoff?.id ?? '' };
};
const email = 'jonas.berg@post.example';
const waiting = async () => {
  const made = await offered();
  await followUp(world.ctx, made.visitor, { handoffId: made.handoffId, email });
  return made;
};
const words = (body = 'And is postage paid?') => ({ clientId: world.nextClientId(), body });
const botSaid = async (conversationId: string) =>
  world.ctx.db.query<{ body: string }>(
    `select body from messages where conversation_id = $1::uuid and author = 'bot' order by seq`,
    [conversationId],
  );

describe('what is offered follows the hours and the people', () => {
  it('closed: an answer by e-mail, with when the team is back and how many wait, as the log has it', async () => {
    const { conversationId, snapshot } = await offered();
    expect(snapshot.handoff).toMatchObject({
      state: 'offered',
      paths: ['follow_up', 'callback'],
      teamName: 'Returns',
      opensAt: MONDAY_AT_EIGHT,
      ahead: 0,
      followUp: false,
    });
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({
      kind: 'handoff.offered',
      payload: {
        paths: ['follow_up', 'callback'],
        team: { teamId: world.teams.returns, opensAt: MONDAY_AT_EIGHT, ahead: 0 },
      },
    });
    const before = await waiting();
    expect((await offered()).snapshot.handoff).toMatchObject({ ahead: 1 });
    await cancel(world.ctx, before.visitor, { handoffId: before.handoffId });
  });

  it('closed: what the team does at other times is named, with when, and nothing where it is open', async () => {
    expect((await offered()).snapshot.handoff?.unavailable).toEqual([
      { path: 'live', why: 'closed', at: MONDAY_AT_EIGHT },
    ]);
    await hours(null);
    expect((await offered()).snapshot.handoff?.unavailable).toEqual([]);
  });

  it('closed since the offer: nobody is put in line for it, and the offer is as things stand', async () => {
    await hours(null);
    const { visitor, handoffId, conversationId, snapshot } = await offered();
    expect(snapshot.handoff?.paths).toContain('live');
    await hours(WEEK);
    for (const details of ['later', 'first'] as const) {
      await expect(accept(world.ctx, visitor, { handoffId, details })).rejects.toMatchObject({
        code: details === 'later' ? 'limit' : 'conflict',
      });
    }
    expect(await headOf(world, conversationId)).toMatchObject({ state: 'bot' });
    const again = await visitorSnapshot(world.ctx, conversationId);
    expect(again.handoff).toMatchObject({
      id: handoffId,
      state: 'offered',
      paths: ['follow_up', 'callback'],
      opensAt: MONDAY_AT_EIGHT,
    });
    await followUp(world.ctx, visitor, { handoffId, email });
    expect(await headOf(world, conversationId)).toMatchObject({ state: 'pending' });
    await cancel(world.ctx, visitor, { handoffId });
  });

  it('who stands in line may have an e-mail instead: once, in their place, and the bot helps', async () => {
    await hours(null);
    const made = await world.conversation('pending');
    const before = await handoffOf(world, made.handoffId);
    expect((await visitorSnapshot(world.ctx, made.conversationId)).handoff?.instead).toEqual([
      'callback',
      'follow_up',
    ]);
    const ask = () => followUp(world.ctx, made.visitor, { handoffId: made.handoffId, email });
    await Promise.all([ask(), ask(), ask()]);
    await expectNoChange(world, ask);
    expect(await handoffOf(world, made.handoffId)).toMatchObject({
      state: 'pending',
      queued_at: before.queued_at,
    });
    const kinds = (await logOf(world, made.conversationId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'handoff.pathChanged')).toHaveLength(1);
    expect((await visitorSnapshot(world.ctx, made.conversationId)).handoff).toMatchObject({
      state: 'pending',
      followUp: true,
      instead: [],
    });
    await sendAsVisitor(world.ctx, made.visitor, words());
    await answerTurn(world.ctx, made.conversationId);
    expect((await botSaid(made.conversationId)).length).toBeGreaterThan(0);
    await cancel(world.ctx, made.visitor, { handoffId: made.handoffId });
  });

  it('open with nobody there: both; with somebody: a person', async () => {
    await hours(null);
    expect((await offered()).snapshot.handoff).toMatchObject({
      paths: ['live', 'follow_up', 'callback'],
      opensAt: null,
    });
    await connected(new Date(world.clock.now + HOUR));
    expect((await offered()).snapshot.handoff?.paths).toEqual(['live', 'callback']);
    await connected(null);
  });

  it('the bot says that the team is closed before it offers', async () => {
    world.brain.next = {
      offer: { reason: 'low_confidence' },
      reply: { text: 'I am not sure.', sources: [] },
    };
    const made = await world.conversation('bot');
    const said = (await botSaid(made.conversationId)).at(-1)?.body;
    expect(said).toMatch(/^I am not sure\.\n\nThe Returns team is closed just now\./);
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ paths: ['follow_up', 'callback'], opensAt: MONDAY_AT_EIGHT });
    await hours(null);
    await sendAsVisitor(world.ctx, made.visitor, words());
    await answerTurn(world.ctx, made.conversationId);
    expect((await botSaid(made.conversationId)).at(-1)?.body).toBe('I am not sure.');
    const again = await visitorSnapshot(world.ctx, made.conversationId);
    expect(again.handoff).toMatchObject({
      id: handoff?.id,
      paths: ['live', 'follow_up', 'callback'],
      opensAt: null,
    });
  });
});

describe('a follow-up', () => {
  it('waits in the queue with its clock paused, keeps the address, and says nothing of it in the log', async () => {
    const made = await waiting();
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'pending',
      team_id: world.teams.returns,
    });
    const handoff = await handoffOf(world, made.handoffId);
    expect(handoff.state).toBe('pending');
    const [row] = await world.ctx.db.query<{ path: string; due: Date }>(
      'select h.path, t.due_at as due from handoffs h join timers t on t.key = $2::text where h.id = $1::uuid',
      [made.handoffId, `sla:${made.conversationId}`],
    );
    expect(row?.path).toBe('follow_up');
    expect(row?.due.getTime()).toBeGreaterThan(MONDAY_AT_EIGHT);
    expect(JSON.stringify(await logOf(world, made.conversationId))).not.toContain('jonas');
    const session = await openSession(world.ctx, made.visitor);
    expect(session.email).toBe(email);
    expect(session.conversation?.handoff).toMatchObject({
      state: 'pending',
      followUp: true,
      opensAt: MONDAY_AT_EIGHT,
    });
    expect(session.position).toMatchObject({ position: 1 });
    await expectNoChange(world, () =>
      followUp(world.ctx, made.visitor, { handoffId: made.handoffId, email: 'other@post.example' }),
    );
    await cancel(world.ctx, made.visitor, { handoffId: made.handoffId });
  });

  it.each(['', 'jonas', 'a@b.example, c@d.example', 'a@b.example\r\nBcc: c@d.example', 'jonas@localhost'])(
    'takes no %j for an address',
    async (written) => {
      const made = await offered();
      const refusal = await expectRefused(world, 'invalid', () =>
        followUp(world.ctx, made.visitor, { handoffId: made.handoffId, email: written }),
      );
      expect(refusal.fields).toHaveProperty('email');
    },
  );

  it('is nobody else’s to make, and ends with what it was made of', async () => {
    const made = await offered();
    const { visitor } = await world.conversation('bot');
    const input = { handoffId: made.handoffId, email };
    await expectRefused(world, 'not_found', () => followUp(world.ctx, visitor, input));
    await followUp(world.ctx, made.visitor, input);
    await cancel(world.ctx, made.visitor, { handoffId: made.handoffId });
    await expectRefused(world, 'conflict', () => followUp(world.ctx, made.visitor, input));
  });
});

describe('meanwhile the bot', () => {
  it('goes on answering, every word, and the follow-up keeps waiting', async () => {
    const made = await waiting();
    const said = (await botSaid(made.conversationId)).length;
    for (let turn = 1; turn <= 3; turn++) {
      await sendAsVisitor(world.ctx, made.visitor, words());
      expect(await timersOf(world, made.conversationId)).toContain(`bot.turn:${made.conversationId}`);
      await answerTurn(world.ctx, made.conversationId);
      expect(await botSaid(made.conversationId)).toHaveLength(said + turn);
    }
    expect((await headOf(world, made.conversationId)).state).toBe('pending');
    expect(await timersOf(world, made.conversationId)).not.toContain(`bot.turn:${made.conversationId}`);
  });

  it('offers nothing twice: what it cannot answer waits along', async () => {
    const made = await waiting();
    world.brain.next = { offer: { reason: 'low_confidence' }, confidence: 0.1 };
    await sendAsVisitor(world.ctx, made.visitor, words('My refund?'));
    await answerTurn(world.ctx, made.conversationId);
    expect((await botSaid(made.conversationId)).at(-1)?.body).toMatch(/^That is for a person to answer\./);
    const kinds = (await logOf(world, made.conversationId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'handoff.offered')).toHaveLength(1);
    expect((await handoffOf(world, made.handoffId)).state).toBe('pending');
  });

  it('is silent from the claim on, also with an answer that it had begun', async () => {
    const made = await waiting();
    await sendAsVisitor(world.ctx, made.visitor, words());
    const said = (await botSaid(made.conversationId)).length;
    world.brain.meanwhile = async () => {
      world.brain.meanwhile = async () => {};
      await claim(world.ctx, world.ana, { conversationId: made.conversationId, handoffId: made.handoffId });
    };
    await answerTurn(world.ctx, made.conversationId);
    await sendAsVisitor(world.ctx, made.visitor, words());
    await answerTurn(world.ctx, made.conversationId);
    expect(await botSaid(made.conversationId)).toHaveLength(said);
    expect(await timersOf(world, made.conversationId)).not.toContain(`bot.turn:${made.conversationId}`);
  });

  it('helps again where the conversation goes back to the queue', async () => {
    const made = await waiting();
    const { ownerEpoch } = await claim(world.ctx, world.ana, {
      conversationId: made.conversationId,
      handoffId: made.handoffId,
    });
    await release(world.ctx, world.ana, { conversationId: made.conversationId, ownerEpoch });
    const { handoff } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(handoff).toMatchObject({ state: 'pending', followUp: true });
    await sendAsVisitor(world.ctx, made.visitor, words());
    expect(await timersOf(world, made.conversationId)).toContain(`bot.turn:${made.conversationId}`);
  });
});
