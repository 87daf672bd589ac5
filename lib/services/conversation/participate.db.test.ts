import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { reassign } from '../handoff/reassign';
import { release } from '../handoff/release';
import { resolve } from '../handoff/resolve';
import { handOver } from '../handoff/testing';
import { sendAsAgent } from '../message/send-as-agent';
import { expectNoChange, expectRefused, handoffOf, headOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { visitorSnapshot } from '../visitor/open-session';
import { join, leave } from './participate';
import { openConversation } from './read';
import { typingTarget } from './typing-target';

let world: TestWorld;
let priya: AgentActor;
let oda: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  priya = await world.agent('Priya', 'supervisor');
  oda = await world.agent('Oda', 'supervisor', [world.teams.orders]);
});
afterAll(() => world.close());

type Made = Awaited<ReturnType<TestWorld['conversation']>>;
const words = (body = 'Hello from me too.') => ({ clientId: world.nextClientId(), body });
const say = (actor: AgentActor, { conversationId, ownerEpoch }: Made) =>
  sendAsAgent(world.ctx, actor, { conversationId, ownerEpoch, ...words() });
const participants = async ({ conversationId }: Made) =>
  (await openConversation(world.ctx, priya, { conversationId })).conversation.participants;

async function joined(): Promise<Made> {
  const made = await world.conversation('active');
  await join(world.ctx, priya, idOf(made));
  return made;
}
const idOf = ({ conversationId }: Made) => ({ conversationId });

describe('joining', () => {
  it('lets them write under their own name, while the owner stays the owner', async () => {
    const made = await joined();
    expect(await participants(made)).toEqual([priya.id]);
    expect(await typingTarget(world.ctx, priya, made.conversationId)).toBe(made.visitor.id);
    await say(priya, made);
    await say(world.ana, made);
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: world.ana.id,
      owner_epoch: made.ownerEpoch,
    });
    expect((await handoffOf(world, made.handoffId)).first_reply_at).not.toBeNull();
    const { events } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(events.slice(-3)).toMatchObject([
      { kind: 'joined', name: 'Priya' },
      { kind: 'message', message: { authorName: 'Priya', authorId: null } },
      { kind: 'message', message: { authorName: 'Ana' } },
    ]);
  });

  it('ends with leaving, of which the customer is told', async () => {
    const made = await joined();
    await leave(world.ctx, priya, idOf(made));
    expect(await participants(made)).toEqual([]);
    const { winner } = await expectRefused(world, 'conflict', () => say(priya, made));
    expect(winner?.name).toBe('Ana');
    const { events } = await visitorSnapshot(world.ctx, made.conversationId);
    expect(events.at(-1)).toMatchObject({ kind: 'left', name: 'Priya' });
  });

  it('answers the same when it is done again', async () => {
    const made = await joined();
    await expectNoChange(world, () => join(world.ctx, priya, idOf(made)));
    await leave(world.ctx, priya, idOf(made));
    await expectNoChange(world, () => leave(world.ctx, priya, idOf(made)));
  });

  it('goes on when the owner transfers it to a colleague, and takes no slot', async () => {
    const made = await joined();
    const slots = 'select load from users where id = $1::uuid';
    expect(await world.ctx.db.query(slots, [priya.id])).toEqual([{ load: 0 }]);
    await handOver(world.ctx, world.ana, world.ben, made);
    expect(await participants(made)).toEqual([priya.id]);
    await say(priya, made);
  });

  it('ends when it becomes theirs', async () => {
    const made = await joined();
    const { conversationId, ownerEpoch } = made;
    const to = { kind: 'agent', id: priya.id } as const;
    await reassign(world.ctx, priya, { conversationId, ownerEpoch, to, note: '' });
    expect(await participants(made)).toEqual([]);
    await expectRefused(world, 'invalid', () => join(world.ctx, priya, { conversationId }));
  });

  it.each([
    ['released', release],
    ['resolved', resolve],
  ] as const)('ends when it is %s', async (_, end) => {
    const made = await joined();
    const { conversationId, ownerEpoch } = made;
    await end(world.ctx, world.ana, { conversationId, ownerEpoch });
    expect(await participants(made)).toEqual([]);
    await expectRefused(world, 'conflict', () => say(priya, made));
  });

  it('at once with another’s keeps both, in order', async () => {
    const made = await world.conversation('active');
    const maya = await world.agent('Maya', 'supervisor');
    await Promise.all([priya, maya].map((actor) => join(world.ctx, actor, idOf(made))));
    expect([...(await participants(made))].sort()).toEqual([priya.id, maya.id].sort());
    await logOf(world, made.conversationId);
  });

  it('against the owner’s resolve at the same moment: nobody takes part in what has ended', async () => {
    for (let contest = 0; contest < 6; contest++) {
      const made = await world.conversation('active');
      const { conversationId, ownerEpoch } = made;
      const [came, ended] = await Promise.allSettled([
        join(world.ctx, priya, { conversationId }),
        resolve(world.ctx, world.ana, { conversationId, ownerEpoch }),
      ]);
      expect(ended.status).toBe('fulfilled');
      if (came.status === 'rejected') expect(came.reason).toMatchObject({ code: 'conflict' });
      expect(await participants(made)).toEqual([]);
    }
  });
});

describe('joining is refused, and nothing has changed', () => {
  it('to agents', async () => {
    const made = await world.conversation('active');
    for (const verb of [join, leave]) {
      await expectRefused(world, 'forbidden', () => verb(world.ctx, world.ben, idOf(made)));
    }
  });

  it('for another team’s conversation, as for one that is not there', async () => {
    const made = await world.conversation('active');
    const unknown = { conversationId: world.ctx.newId() };
    for (const verb of [join, leave]) {
      const foreign = await expectRefused(world, 'not_found', () => verb(world.ctx, oda, idOf(made)));
      const missing = await expectRefused(world, 'not_found', () => verb(world.ctx, oda, unknown));
      expect(foreign).toEqual(missing);
    }
  });

  it.each(['bot', 'offered', 'pending'] as const)('while it is %s', async (state) => {
    const made = await world.conversation(state);
    await expectRefused(world, 'conflict', () => join(world.ctx, priya, idOf(made)));
  });

  it('without joining nobody writes beside the owner', async () => {
    const made = await world.conversation('active');
    await expectRefused(world, 'conflict', () => say(priya, made));
  });
});
