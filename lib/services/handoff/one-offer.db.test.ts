import { afterAll, beforeAll, expect, it } from 'vitest';
import { answerTurn } from '../bot/answer';
import { sendAsVisitor } from '../message/send-as-visitor';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { requestPerson } from './request';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const ROUNDS = 150;

it('a person is offered once where the button is pressed while the bot offers one, and neither fails', async () => {
  world.brain.next = { offer: { reason: 'frustration' } };
  for (let round = 0; round < ROUNDS; round++) {
    const visitor = await world.visitor();
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'My pole broke.' });
    const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
    await Promise.all([requestPerson(world.ctx, visitor), answerTurn(world.ctx, conversationId)]);
    const opened = await world.ctx.db.query('select id from handoffs where conversation_id = $1::uuid', [
      conversationId,
    ]);
    expect(opened).toHaveLength(1);
  }
});
