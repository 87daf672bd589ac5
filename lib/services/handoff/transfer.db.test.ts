import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { readOwnPresence } from '../agent/read';
import { setStatus } from '../agent/set-status';
import { goneForGood } from '../agent/testing';
import { AppError } from '../errors';
import { sendAsAgent } from '../message/send-as-agent';
import { acceptRing, declineRing } from '../routing/answer-ring';
import { stepRouting } from '../routing/step';
import { expectRefused, handoffOf, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { claim } from './claim';
import { reassign } from './reassign';
import { resolve } from './resolve';
import { transfer } from './transfer';
import { withdrawTransfer } from './withdraw-transfer';

const RING = 30_000;

let world: TestWorld;
let maya: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
});
beforeEach(async () => {
  maya = await world.agent(`Maya ${world.nextClientId()}`);
});
afterAll(() => world.close());

type Made = Awaited<ReturnType<TestWorld['conversation']>>;
const fenced = ({ conversationId, ownerEpoch }: Made) => ({ conversationId, ownerEpoch });
const ids = ({ conversationId, handoffId }: Made) => ({ conversationId, handoffId });
const asked = async (to = maya) => {
  const made = await world.conversation('active');
  await transfer(world.ctx, world.ana, {
    ...fenced(made),
    to: { kind: 'agent', id: to.id },
    note: 'Read the photo first.',
  });
  return made;
};
const loadOf = async ({ id }: AgentActor) => (await readOwnPresence(world.ctx, id)).load;
const ringOf = async ({ id }: AgentActor) => (await readOwnPresence(world.ctx, id)).ring;
const lastOf = async ({ conversationId }: Made) => (await logOf(world, conversationId)).at(-1);
/** It is Ana's still, as if nobody had been asked. */
const expectKept = async (made: Made) => {
  expect(await headOf(world, made.conversationId)).toMatchObject({
    state: 'active',
    agent_id: world.ana.id,
    owner_epoch: made.ownerEpoch,
    ring_agent_id: null,
  });
  expect(await ringOf(maya)).toBeNull();
  expect(await loadOf(maya)).toBe(0);
  await sendAsAgent(world.ctx, world.ana, {
    ...fenced(made),
    clientId: world.nextClientId(),
    body: 'Still me.',
  });
};

describe('a colleague who is asked to take over', () => {
  it('is rung, with the note, while the one who asks keeps it and may go on', async () => {
    const made = await asked();
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: world.ana.id,
      owner_epoch: made.ownerEpoch,
      ring_agent_id: maya.id,
    });
    expect(await ringOf(maya)).toMatchObject({
      ...ids(made),
      until: world.clock.now + RING,
      transfer: { byName: 'Ana', note: 'Read the photo first.' },
      why: null,
    });
    expect(await loadOf(maya)).toBe(1);
    await sendAsAgent(world.ctx, world.ana, {
      ...fenced(made),
      clientId: world.nextClientId(),
      body: 'A moment.',
    });
    await acceptRing(world.ctx, maya, ids(made));
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: maya.id,
      owner_epoch: made.ownerEpoch + 1,
      ring_agent_id: null,
    });
    expect(await lastOf(made)).toMatchObject({
      kind: 'handoff.transferred',
      payload: { fromAgentId: world.ana.id, fromAgentName: 'Ana', to: { id: maya.id } },
    });
    expect(await loadOf(maya)).toBe(1);
    expect(await acceptRing(world.ctx, maya, ids(made))).toEqual({ ownerEpoch: made.ownerEpoch + 1 });
  });

  it('declines, and it stays', async () => {
    const made = await asked();
    await declineRing(world.ctx, maya, ids(made));
    expect(await lastOf(made)).toMatchObject({ kind: 'handoff.ringEnded', payload: { why: 'declined' } });
    await expectKept(made);
  });

  it('does not answer, and it stays; asking makes nobody Away', async () => {
    await setStatus(world.ctx, maya, { status: 'available' });
    const made = await asked();
    await stepRouting(world.ctx, made);
    expect(await ringOf(maya)).not.toBeNull();
    world.clock.now += RING;
    await stepRouting(world.ctx, made);
    expect(await lastOf(made)).toMatchObject({ kind: 'handoff.ringEnded', payload: { why: 'no_answer' } });
    expect(await timersOf(world, made.conversationId)).not.toContain(`routing:${made.conversationId}`);
    expect((await readOwnPresence(world.ctx, maya.id)).status).not.toBe('away');
    await expectKept(made);
  });

  it('goes away, and it stays', async () => {
    const made = await asked();
    await setStatus(world.ctx, maya, { status: 'away' });
    expect(await lastOf(made)).toMatchObject({ payload: { why: 'unavailable' } });
    await expectKept(made);
  });

  it('is asked no longer when it is withdrawn, and accepting then says so', async () => {
    const made = await asked();
    await withdrawTransfer(world.ctx, world.ana, fenced(made));
    await withdrawTransfer(world.ctx, world.ana, fenced(made));
    await expectRefused(world, 'conflict', () => acceptRing(world.ctx, maya, ids(made)));
    await expectKept(made);
  });

  it('is asked for one thing at a time, and so is a conversation', async () => {
    const made = await asked();
    const again = await expectRefused(world, 'conflict', () =>
      transfer(world.ctx, world.ana, { ...fenced(made), to: { kind: 'agent', id: world.ben.id }, note: '' }),
    );
    expect(again.message).toMatch(/asked already/);
    const other = await world.conversation('active');
    const taken = await expectRefused(world, 'conflict', () =>
      transfer(world.ctx, world.ana, { ...fenced(other), to: { kind: 'agent', id: maya.id }, note: '' }),
    );
    expect(taken.message).toContain(maya.name);
    await withdrawTransfer(world.ctx, world.ana, fenced(made));
  });

  it('is asked no longer when it is resolved, reassigned or its agent is gone', async () => {
    const resolved = await asked();
    await resolve(world.ctx, world.ana, fenced(resolved));
    expect(await headOf(world, resolved.conversationId)).toMatchObject({
      state: 'resolved',
      ring_agent_id: null,
    });
    expect(await loadOf(maya)).toBe(0);

    const moved = await asked();
    const ada = await world.agent('Ada', 'admin');
    await reassign(world.ctx, ada, { ...fenced(moved), to: { kind: 'agent', id: world.ben.id }, note: '' });
    expect(await headOf(world, moved.conversationId)).toMatchObject({
      agent_id: world.ben.id,
      ring_agent_id: null,
    });

    const dropped = await world.conversation('pending');
    const sam = await world.agent('Sam');
    const { ownerEpoch } = await claim(world.ctx, sam, ids(dropped));
    const to = { kind: 'agent' as const, id: maya.id };
    await transfer(world.ctx, sam, { conversationId: dropped.conversationId, ownerEpoch, to, note: '' });
    await goneForGood(world.ctx, sam);
    expect(await headOf(world, dropped.conversationId)).toMatchObject({
      state: 'pending',
      ring_agent_id: null,
    });
    expect(await loadOf(maya)).toBe(0);
  });

  it('accepts, while it is withdrawn and resolved at once: one of them happens, and every slot is told', async () => {
    for (let contest = 0; contest < 8; contest++) {
      const made = await asked();
      const results = await Promise.allSettled([
        acceptRing(world.ctx, maya, ids(made)),
        withdrawTransfer(world.ctx, world.ana, fenced(made)),
        resolve(world.ctx, world.ana, fenced(made)),
      ]);
      for (const result of results) {
        if (result.status === 'rejected') {
          expect(result.reason instanceof AppError && result.reason.code).toBe('conflict');
        }
      }
      const head = await headOf(world, made.conversationId);
      expect(head.ring_agent_id).toBeNull();
      const isMayas = head.state === 'active' && head.agent_id === maya.id;
      expect(await loadOf(maya)).toBe(isMayas ? 1 : 0);
      if (isMayas) await resolve(world.ctx, maya, { ...fenced(made), ownerEpoch: made.ownerEpoch + 1 });
    }
  });

  it('is told apart from a misroute, which is counted whoever accepts', async () => {
    const made = await world.conversation('active');
    await transfer(world.ctx, world.ana, {
      ...fenced(made),
      to: { kind: 'team', id: world.teams.orders },
      note: '',
      misrouted: true,
    });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({ misrouted: true });
    expect(await lastOf(made)).toMatchObject({ payload: { misrouted: true } });
  });
});
