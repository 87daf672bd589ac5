import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainHash, eventContent } from '@/db/chain';
import { newestCallback } from '@/db/queries/callbacks';
import { readFormLink } from '@/lib/crypto/form-link';
import { EVENT_KINDS } from '@/lib/domain/conversation';
import { goneForGood } from '../agent/testing';
import { answerTurn } from '../bot/answer';
import { cancelCallback, moveCallback } from '../callback/manage';
import { markCallback } from '../callback/mark';
import { stepCallback } from '../callback/step';
import { bookFirst, tokenOf } from '../callback/testing';
import { readAsVisitor } from '../conversation/mark-read';
import { join, leave } from '../conversation/participate';
import { takeover } from '../conversation/takeover';
import { chooseForm } from '../form/choose';
import { revealForm } from '../form/reveal';
import { submitForm } from '../form/submit';
import { makeForm, newestToken, offeredForm, WRITTEN } from '../form/testing';
import { accept } from '../handoff/accept';
import { cancel } from '../handoff/cancel';
import { claim } from '../handoff/claim';
import { decline } from '../handoff/decline';
import { followUp } from '../handoff/follow-up';
import { handBack } from '../handoff/hand-back';
import { prioritise } from '../handoff/prioritise';
import { reassign } from '../handoff/reassign';
import { release } from '../handoff/release';
import { requestPerson } from '../handoff/request';
import { resolve } from '../handoff/resolve';
import { handOver } from '../handoff/testing';
import { mailReplies } from '../mail/mail-replies';
import { leaveAddress } from '../mail/testing';
import { addNote } from '../message/add-note';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { endRing } from '../routing/end-ring';
import { ROUTER } from '../routing/ring';
import { stepRouting } from '../routing/step';
import { ringAt, withRoutingTerms } from '../routing/testing';
import { obeyRule } from '../rules/testing';
import { evaluateSla } from '../sla/evaluate';
import { headOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { inviteUser } from '../user/invite';
import { admitVisitor } from '../visitor/open-session';
import { writeCheckpoint } from './checkpoint';
import { verifyAudit } from './verify';

let world: TestWorld;
let forger: postgres.Sql;
let victim: string;
const words = () => ({ clientId: world.nextClientId(), body: 'Some words.' });

beforeEach(async () => {
  world = await openTestWorld();
  forger = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  victim = await everyKind();
  world.clock.now += 120_000;
  await writeCheckpoint(world.ctx);
});
afterEach(async () => {
  await forger.end();
  await world.close();
});

const verify = () => verifyAudit(world.ctx, () => {});

/** Two conversations and the settings between them: every kind of event there is. Answers the one that is forged. */
async function everyKind(): Promise<string> {
  const made = await world.conversation('active');
  const { ctx, ana, ben } = world;
  const { conversationId, visitor } = made;
  const owner = { conversationId, ownerEpoch: made.ownerEpoch };
  await sendAsAgent(ctx, ana, { ...owner, ...words() });
  await evaluateSla(ctx, conversationId);
  world.clock.now += 1000;
  await sendAsVisitor(ctx, visitor, words());
  await evaluateSla(ctx, conversationId);
  await addNote(ctx, ben, { conversationId, ...words() });
  await readAsVisitor(ctx, visitor, { upTo: 3 });
  await handOver(ctx, ana, ben, made, 'Yours.');
  await release(ctx, ben, { conversationId, ownerEpoch: made.ownerEpoch + 1 });
  await prioritise(ctx, ana, { conversationId, handoffId: made.handoffId, priority: 1 });
  await cancel(ctx, visitor, { handoffId: made.handoffId });
  const taken = await takeover(ctx, ana, { conversationId });
  await handBack(ctx, ana, { conversationId, ...taken });
  await requestPerson(ctx, visitor);
  const offered = await ctx.db.query<{ handoff_id: string }>(
    'select handoff_id from conversations where id = $1::uuid',
    [conversationId],
  );
  const handoffId = offered[0]?.handoff_id ?? '';
  await accept(ctx, visitor, { handoffId, details: 'first' });
  await decline(ctx, visitor, { handoffId });
  await takeover(ctx, ana, { conversationId });
  await goneForGood(ctx, ana);
  const last = await claim(ctx, ana, {
    conversationId,
    handoffId: (await headOf(world, conversationId)).handoff_id ?? '',
  });
  const priya = await world.agent('Priya', 'supervisor');
  await join(ctx, priya, { conversationId });
  await leave(ctx, priya, { conversationId });
  const to = { kind: 'agent', id: ben.id } as const;
  const given = await reassign(ctx, priya, { conversationId, ...last, to, note: '' });
  await resolve(ctx, ben, { conversationId, ...given });
  await sendAsVisitor(ctx, visitor, words());
  await answerTurn(ctx, conversationId);
  await admitVisitor(ctx, world.signedIn(visitor, 'c-1'));
  await ringsOn(await world.conversation('pending'));
  await mailed(await world.conversation('active'));
  await filledIn(await world.conversation('bot'));
  const waits = await world.conversation('pending');
  await followUp(ctx, waits.visitor, { handoffId: waits.handoffId, email: 'nora@post.example' });
  await called();
  const tells = [{ do: 'label', label: 'Odd' } as const, { do: 'notify', team: null } as const];
  await obeyRule(world, ctx, await world.conversation('bot'), tells);
  await inviteUser(ctx, await world.agent('Ada', 'admin'), {
    email: 'new@larkfell.example',
    role: 'agent',
    teamIds: [],
  });
  return conversationId;
}

/** The customer is away when the agent answers. */
async function mailed(made: Awaited<ReturnType<TestWorld['conversation']>>): Promise<void> {
  const { ctx } = world;
  const { conversationId, ownerEpoch } = made;
  await leaveAddress(world, made.visitor.id);
  await sendAsAgent(ctx, world.ana, {
    conversationId,
    ownerEpoch,
    clientId: world.nextClientId(),
    body: 'Hi.',
  });
  world.clock.now += ctx.mailPauseMs;
  await mailReplies(ctx, conversationId);
}

/** A form is taken, submitted, and opened by whoever supervises. */
async function filledIn({ visitor, conversationId }: Awaited<ReturnType<TestWorld['conversation']>>) {
  await makeForm(world);
  await chooseForm(world.ctx, visitor, await offeredForm(world, visitor, conversationId));
  const token = await newestToken(world, conversationId);
  await submitForm(world.ctx, token, WRITTEN);
  const linkId = readFormLink(world.ctx.keys.link, token)?.linkId ?? '';
  await revealForm(world.ctx, await world.agent('Eve', 'admin'), { conversationId, linkId });
}

/** Calls that are moved, called off, and made; the reminder comes before each. */
async function called(): Promise<void> {
  const { ctx } = world;
  const booked = async () => {
    const made = await world.conversation('offered');
    const startAt = (await bookFirst(ctx, made)) ?? 0;
    const call = await newestCallback(ctx.db, made.conversationId);
    if (call === null) throw new Error('No call was agreed');
    return { ...made, call, startAt, token: tokenOf(ctx, call) };
  };
  const off = await booked();
  await moveCallback(ctx, off.token, { from: off.startAt, to: off.startAt + 3_600_000 });
  await cancelCallback(ctx, off.token);
  for (const kept of [true, false]) {
    const { conversationId, call, startAt } = await booked();
    world.clock.now = startAt;
    await stepCallback(ctx, conversationId);
    await stepCallback(ctx, conversationId);
    const agent = [world.ana, world.ben].find(({ id }) => id === call.agent?.id) ?? world.ana;
    await markCallback(ctx, agent, { conversationId, callbackId: call.callbackId, kept });
  }
}

/** It rings, is declined, asked again, and goes on to another team. */
async function ringsOn(made: { conversationId: string; handoffId: string }): Promise<void> {
  const { ctx } = world;
  const rung = await world.agent('Rung');
  await withRoutingTerms(world, { mode: 'first_available' }, async () => {
    await ringAt(ctx, rung, world.teams.returns, made);
    await endRing(ctx, ROUTER, made.conversationId, rung, 'declined');
    world.clock.now += 10 * 60_000;
    await stepRouting(ctx, made);
  });
  await withRoutingTerms(world, { chain: [{ teamId: world.teams.orders, afterMs: 1000 }] }, () =>
    stepRouting(ctx, made),
  );
}

/** As somebody with all rights over the database, and without our key. */
async function forge(...statements: string[]): Promise<void> {
  for (const table of ['events', 'stream_events', 'checkpoints', 'messages', 'conversations']) {
    await forger.unsafe(`alter table ${table} disable trigger all`);
  }
  for (const statement of statements) await forger.unsafe(statement);
}
const ofVictim = () => `conversation_id = '${victim}'`;

describe('an untouched log', () => {
  it('is proven, with every kind of event in it', async () => {
    const kinds = await forger<{ kind: string }[]>`select distinct kind from events`;
    expect(kinds.map(({ kind }) => kind).sort()).toEqual([...EVENT_KINDS].sort());
    const report = await verify();
    expect(report.faults).toEqual([]);
    const [counts] = await forger<{ events: number; messages: number }[]>`
      select ((select count(*) from events) + (select count(*) from stream_events))::int as events,
        (select count(*) from messages)::int as messages`;
    expect(report).toMatchObject({ ...counts, chains: 10, checkpoints: 1 });
  });
  it('stays proven while it grows past its checkpoints', async () => {
    await world.conversation('active');
    world.clock.now += 120_000;
    await writeCheckpoint(world.ctx);
    await world.conversation('bot');
    expect(await verify()).toMatchObject({ faults: [], checkpoints: 2 });
  });
  it('refuses change, deletion and truncation by itself', async () => {
    for (const statement of [
      'update events set payload = payload',
      'delete from events',
      'truncate events',
      'update stream_events set payload = payload',
      'delete from stream_events',
      'truncate stream_events cascade',
      'delete from checkpoints',
      'update checkpoints set events = events',
    ]) {
      await expect(forger.unsafe(statement), statement).rejects.toThrow(/append-only/);
    }
  });
});

describe('is found, and named by its place', () => {
  const faultOf = async () => {
    const { faults } = await verify();
    return faults.find((fault) => fault.chain === victim);
  };
  it('an event that was edited', async () => {
    await forge(`update events set payload = '{"side":"staff","upTo":9}' where ${ofVictim()} and seq = 5`);
    expect(await faultOf()).toMatchObject({ seq: 5, what: 'the hash does not match' });
  });
  it.each([
    ['its actor', `actor = '{"kind":"system","job":"cleaning"}'`],
    ['its time', `at = at + interval '1 second'`],
    ['its kind', `kind = 'handoff.declined'`],
  ])('an event of which somebody edited %s', async (_, set) => {
    await forge(`update events set ${set} where ${ofVictim()} and seq = 6`);
    expect(await faultOf()).toMatchObject({ seq: 6, what: 'the hash does not match' });
  });
  it('an event that was deleted', async () => {
    await forge(`delete from events where ${ofVictim()} and seq = 7`);
    expect(await faultOf()).toMatchObject({ seq: 7, what: 'event 7 is missing' });
  });
  it('the first event deleted', async () => {
    await forge(`delete from events where ${ofVictim()} and seq = 1`);
    expect(await faultOf()).toMatchObject({ seq: 1 });
  });
  it('two events that changed places', async () => {
    await forge(
      `update events set seq = 1000, visible_seq = 1000 where ${ofVictim()} and seq = 8`,
      `update events set seq = 8, visible_seq = 1001 where ${ofVictim()} and seq = 9`,
      `update events set seq = 9 where ${ofVictim()} and seq = 1000`,
    );
    expect(await faultOf()).toMatchObject({ seq: 8 });
  });
  it('an event that was put in between', async () => {
    await forge(
      `update events set seq = seq + 1000, visible_seq = visible_seq + 1000 where ${ofVictim()} and seq > 5`,
      `update events set seq = seq - 999 where ${ofVictim()} and seq > 1000`,
      `insert into events select conversation_id, 6, null, kind, actor, payload, at, hash from events where ${ofVictim()} and seq = 5`,
      `update conversations set seq = seq + 1 where id = '${victim}'`,
    );
    expect(await faultOf()).toMatchObject({ seq: 6, what: 'the hash does not match' });
  });
  it('a tail that was cut off', async () => {
    await forge(`delete from events where ${ofVictim()} and seq > 10`);
    expect((await faultOf())?.what).toMatch(/^the head says \d+ events, the log holds 10$/);
  });
  it('a tail that was cut off together with its head, by the checkpoint', async () => {
    await forge(
      `delete from messages where ${ofVictim()} and seq > 10`,
      `delete from events where ${ofVictim()} and seq > 10`,
      `update conversations set seq = 10, chain = array[(select hash from events where ${ofVictim()} and seq = 10)] where id = '${victim}'`,
    );
    expect((await verify()).faults).toMatchObject([
      { what: expect.stringMatching(/^it counted \d+ events/) },
    ]);
  });
  it('a whole conversation that was taken out, by the checkpoint', async () => {
    await forge(
      ...['messages', 'events', 'handoffs'].map((table) => `delete from ${table} where ${ofVictim()}`),
      `delete from conversations where id = '${victim}'`,
    );
    expect((await verify()).faults).toMatchObject([{ chain: expect.stringMatching(/^checkpoint/) }]);
  });
  it('a chain that was written anew without the key', async () => {
    const rows = await forger<{ seq: number; kind: string; actor: object; payload: object; at: Date }[]>`
      select seq, kind, actor, payload, at from events where conversation_id = ${victim} order by seq`;
    await forge('select 1');
    let previous: Buffer = Buffer.alloc(0);
    for (const row of rows) {
      const payload =
        row.kind === 'handoff.resolved' ? { ...row.payload, agentId: world.ben.id } : row.payload;
      const content = eventContent({ ...row, payload, at: row.at.getTime() });
      previous = chainHash(Buffer.alloc(32, 1), previous, victim, row.seq, content);
      await forger.unsafe(
        'update events set payload = $1::jsonb, hash = $2 where conversation_id = $3 and seq = $4',
        [payload as never, previous, victim, row.seq],
      );
    }
    await forger`update conversations set chain = array[${previous}::bytea] where id = ${victim}`;
    expect(await faultOf()).toMatchObject({ seq: 1, what: 'the hash does not match' });
  });
  it('words that were changed after they were said, and words nobody logged', async () => {
    await forge(`update messages set body = 'I agree.' where ${ofVictim()} and seq = 2`);
    expect(await faultOf()).toMatchObject({ seq: 2, what: 'the message is not the one that was logged' });
  });
  it('a message that was slipped in', async () => {
    await forge(
      `insert into messages select gen_random_uuid(), conversation_id, 900, author, author_id, author_name, 'slipped-in', kind, body, sources, at
       from messages where ${ofVictim()} and seq = 2`,
    );
    expect(await faultOf()).toMatchObject({ seq: 900 });
  });
  it('a head that was set to something else', async () => {
    await forge(`update conversations set chain = array['\\x00'::bytea] where id = '${victim}'`);
    expect(await faultOf()).toMatchObject({ what: 'the head does not match the last event' });
  });
  it('a changed event of the settings, and a deleted one', async () => {
    await forge(`update stream_events set payload = payload || '{"role":"admin"}' where seq = 1`);
    expect((await verify()).faults).toMatchObject([{ chain: 'settings', seq: 1 }]);
    await forge('delete from stream_events');
    expect((await verify()).faults).toMatchObject([{ chain: 'settings', seq: 0 }]);
  });
  it('a forged checkpoint', async () => {
    await forge('update checkpoints set events = events - 1');
    expect((await verify()).faults).toMatchObject([{ what: 'the signature does not match' }]);
  });
  it('events without a conversation', async () => {
    await forge(`delete from conversations where id = '${victim}'`);
    expect(await faultOf()).toMatchObject({ what: 'the chain has no head' });
  });
});
