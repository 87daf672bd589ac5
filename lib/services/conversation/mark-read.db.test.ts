import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoChange, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { readAsAgent, readAsVisitor } from './mark-read';
import { loggedEvents, visitorEvent } from './wire';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

describe('read receipts', () => {
  it('of the owner move forward only, and one that is not newer writes nothing', async () => {
    const { conversationId } = await world.conversation('active');
    const read = (upTo: number) => readAsAgent(world.ctx, world.ana, { conversationId, upTo });
    await read(2);
    expect((await headOf(world, conversationId)).staff_read_seq).toBe(2);
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({
      kind: 'conversation.read',
      payload: { side: 'staff', upTo: 2 },
    });
    await expectNoChange(world, () => read(2));
    await expectNoChange(world, () => read(1));
    await read(3);
    expect((await headOf(world, conversationId)).staff_read_seq).toBe(3);
  });
  it('of the visitor likewise', async () => {
    const { visitor, conversationId } = await world.conversation('bot');
    await readAsVisitor(world.ctx, visitor, { upTo: 2 });
    expect((await headOf(world, conversationId)).visitor_read_seq).toBe(2);
    await expectNoChange(world, () => readAsVisitor(world.ctx, visitor, { upTo: 1 }));
  });
  it('of a visitor without a conversation write nothing', async () => {
    const visitor = await world.visitor();
    await expectNoChange(world, () => readAsVisitor(world.ctx, visitor, { upTo: 3 }));
  });
  it('several at once end at the highest', async () => {
    const { visitor, conversationId } = await world.conversation('active');
    await Promise.all([1, 3, 2, 4, 2].map((upTo) => readAsVisitor(world.ctx, visitor, { upTo })));
    expect((await headOf(world, conversationId)).visitor_read_seq).toBe(4);
    await logOf(world, conversationId);
  });
  it('beyond the end say nothing of what is not written yet, neither stored nor told', async () => {
    const { conversationId } = await world.conversation('active');
    const before = (await visitorSnapshot(world.ctx, conversationId)).seq;
    await readAsAgent(world.ctx, world.ana, { conversationId, upTo: 2_147_483_647 });
    expect((await headOf(world, conversationId)).staff_read_seq).toBe(before);
    const told = world.published.slice(-1).flatMap(loggedEvents);
    expect(told.map((event) => visitorEvent(world.ctx, event))).toMatchObject([
      { kind: 'read', upTo: before },
    ]);
    expect((await visitorSnapshot(world.ctx, conversationId)).events.at(-1)).toMatchObject({ upTo: before });
  });
});
