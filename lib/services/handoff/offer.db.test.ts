import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTurn } from '../bot/answer';
import type { Context } from '../context';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectNoChange, handoffOf, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { accept } from './accept';
import { cancel } from './cancel';
import { claim } from './claim';
import { decline } from './decline';
import { requestPerson } from './request';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const kinds = async (conversationId: string) => (await logOf(world, conversationId)).map((row) => row.kind);
const count = async (conversationId: string, kind: string) =>
  (await kinds(conversationId)).filter((each) => each === kind).length;

describe('talk to a person', () => {
  it('opens the offer before a first word was said', async () => {
    const visitor = await world.visitor();
    await requestPerson(world.ctx, visitor);
    const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
    expect(await kinds(conversationId)).toEqual(['conversation.started', 'handoff.offered']);
    expect((await headOf(world, conversationId)).state).toBe('bot');
  });
  it.each(['offered', 'pending', 'active'] as const)(
    'changes nothing where a person is %s',
    async (state) => {
      const { visitor } = await world.conversation(state);
      await expectNoChange(world, () => requestPerson(world.ctx, visitor));
    },
  );
  it('opens one conversation and one offer when it is pressed five times at once', async () => {
    const visitor = await world.visitor();
    await Promise.all([1, 2, 3, 4, 5].map(() => requestPerson(world.ctx, visitor)));
    const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
    expect(await count(conversationId, 'handoff.offered')).toBe(1);
  });
});

describe('accept', () => {
  it('queues with team, priority and the agent’s card, and silences the bot', async () => {
    const { visitor, conversationId, handoffId, ownerEpoch } = await world.conversation('offered');
    await accept(world.ctx, visitor, { handoffId, details: 'later' });
    expect(await headOf(world, conversationId)).toMatchObject({
      state: 'pending',
      team_id: world.teams.returns,
      agent_id: null,
      owner_epoch: ownerEpoch + 1,
    });
    expect(await handoffOf(world, handoffId)).toMatchObject({
      state: 'pending',
      team_id: world.teams.returns,
      queued_at: new Date(world.clock.now),
      priority: 3,
    });
    const [card] = await world.ctx.db.query<{ context: { summary: string } }>(
      'select context from handoffs where id = $1::uuid',
      [handoffId],
    );
    expect(card?.context.summary).toBe('Wants a refund.');
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Still there?' });
    expect(await timersOf(world, conversationId)).toEqual([`sla:${conversationId}`]);
  });
  it('answers a repeat, and one after the claim, without changing anything', async () => {
    const { visitor, conversationId, handoffId } = await world.conversation('pending');
    await expectNoChange(world, () => accept(world.ctx, visitor, { handoffId, details: 'later' }));
    await expectNoChange(world, () => accept(world.ctx, visitor, { handoffId, details: 'first' }));
    await claim(world.ctx, world.ana, { conversationId, handoffId });
    await expectNoChange(world, () => accept(world.ctx, visitor, { handoffId, details: 'later' }));
  });
  it('goes to the team named like the topic', async () => {
    const { visitor, conversationId } = await world.conversation('bot');
    world.brain.next = { topic: 'orders' };
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Where is my parcel?' });
    await answerTurn(world.ctx, conversationId);
    world.brain.next = {};
    await requestPerson(world.ctx, visitor);
    const handoffId = (await headOf(world, conversationId)).handoff_id ?? '';
    await accept(world.ctx, visitor, { handoffId, details: 'later' });
    expect((await headOf(world, conversationId)).team_id).toBe(world.teams.orders);
  });
  it('queues once when it is pressed three times at once', async () => {
    const { visitor, conversationId, handoffId } = await world.conversation('offered');
    await Promise.all([1, 2, 3].map(() => accept(world.ctx, visitor, { handoffId, details: 'later' })));
    expect(await count(conversationId, 'handoff.queued')).toBe(1);
  });
});

describe('details first', () => {
  it('waits for the next message, which is queued with it', async () => {
    const { visitor, conversationId, handoffId } = await world.conversation('offered');
    await accept(world.ctx, visitor, { handoffId, details: 'first' });
    expect((await handoffOf(world, handoffId)).state).toBe('collecting');
    expect((await headOf(world, conversationId)).state).toBe('bot');
    await expectNoChange(world, () => accept(world.ctx, visitor, { handoffId, details: 'first' }));
    await sendAsVisitor(world.ctx, visitor, {
      clientId: world.nextClientId(),
      body: 'Order 4411, two poles',
    });
    await answerTurn(world.ctx, conversationId);
    expect((await headOf(world, conversationId)).state).toBe('pending');
    expect((await kinds(conversationId)).slice(-3)).toEqual([
      'handoff.detailsAsked',
      'message.sent',
      'handoff.queued',
    ]);
    expect(await timersOf(world, conversationId)).toEqual([`sla:${conversationId}`]);
  });
  it('may still be queued at once, or declined', async () => {
    const first = await world.conversation('offered');
    await accept(world.ctx, first.visitor, { handoffId: first.handoffId, details: 'first' });
    await accept(world.ctx, first.visitor, { handoffId: first.handoffId, details: 'later' });
    expect((await headOf(world, first.conversationId)).state).toBe('pending');
    const second = await world.conversation('offered');
    await accept(world.ctx, second.visitor, { handoffId: second.handoffId, details: 'first' });
    await decline(world.ctx, second.visitor, { handoffId: second.handoffId });
    expect((await handoffOf(world, second.handoffId)).outcome).toBe('declined');
  });
});

describe('decline and cancel', () => {
  it('decline: carries on with the bot, and a later wish opens a new handoff', async () => {
    const { visitor, conversationId, handoffId } = await world.conversation('offered');
    await decline(world.ctx, visitor, { handoffId });
    expect(await handoffOf(world, handoffId)).toMatchObject({ state: 'declined', outcome: 'declined' });
    await expectNoChange(world, () => decline(world.ctx, visitor, { handoffId }));
    await requestPerson(world.ctx, visitor);
    expect((await headOf(world, conversationId)).handoff_id).not.toBe(handoffId);
  });
  it('cancel: leaves the queue, the bot has it again', async () => {
    const { visitor, conversationId, handoffId } = await world.conversation('pending');
    const { owner_epoch: epoch } = await headOf(world, conversationId);
    await cancel(world.ctx, visitor, { handoffId });
    expect(await headOf(world, conversationId)).toMatchObject({
      state: 'bot',
      team_id: null,
      owner_epoch: epoch + 1,
    });
    expect(await handoffOf(world, handoffId)).toMatchObject({ state: 'cancelled', outcome: 'cancelled' });
    await expectNoChange(world, () => cancel(world.ctx, visitor, { handoffId }));
  });
  it('cancel against claim: one of them, never both', async () => {
    for (let contest = 0; contest < 12; contest++) {
      const { visitor, conversationId, handoffId } = await world.conversation('pending');
      const acts = [
        () => cancel(world.ctx, visitor, { handoffId }),
        () => claim(world.ctx, world.ana, { conversationId, handoffId }),
      ];
      if (contest % 2) acts.reverse();
      const results = await Promise.allSettled(acts.map((act) => act()));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      const ends = (await kinds(conversationId)).filter((kind) => /claimed|cancelled/.test(kind));
      expect(ends).toHaveLength(1);
    }
  });
  it('cancel that has looked before a claim and writes after it is refused', async () => {
    const { visitor, conversationId, handoffId } = await world.conversation('pending');
    let claimed = false;
    const { db } = world.ctx;
    const late: Context = {
      ...world.ctx,
      db: {
        ...db,
        query: async (text, parameters) => {
          if (text.includes('update conversations') && !claimed) {
            claimed = true;
            await claim(world.ctx, world.ana, { conversationId, handoffId });
          }
          return db.query(text, parameters);
        },
      },
    };
    await expect(cancel(late, visitor, { handoffId })).rejects.toMatchObject({ code: 'conflict' });
    expect(claimed).toBe(true);
    expect((await kinds(conversationId)).at(-1)).toBe('handoff.claimed');
  });
});
