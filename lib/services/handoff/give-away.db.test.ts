import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeover } from '../conversation/takeover';
import { AppError } from '../errors';
import { sendAsAgent } from '../message/send-as-agent';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectRefused, handoffOf, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { claim } from './claim';
import { handBack } from './hand-back';
import { release } from './release';
import { resolve } from './resolve';
import { handOver } from './testing';
import { transfer } from './transfer';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const fenced = ({ conversationId, ownerEpoch }: { conversationId: string; ownerEpoch: number }) => ({
  conversationId,
  ownerEpoch,
});
const ids = ({ conversationId, handoffId }: { conversationId: string; handoffId: string }) => ({
  conversationId,
  handoffId,
});

describe('release', () => {
  it('puts the conversation back into its team’s queue, at the place of its first wait', async () => {
    const made = await world.conversation('active');
    const queuedAt = (await handoffOf(world, made.handoffId)).queued_at;
    world.clock.now += 60_000;
    await release(world.ctx, world.ana, fenced(made));
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'pending',
      agent_id: null,
      team_id: world.teams.returns,
      owner_epoch: made.ownerEpoch + 1,
    });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({
      state: 'pending',
      agent_id: null,
      claimed_at: null,
      queued_at: queuedAt,
    });
    expect((await logOf(world, made.conversationId)).at(-1)?.kind).toBe('handoff.released');
    await claim(world.ctx, world.ben, ids(made));
  });

  it('refuses the repeat and every word of the one who gave it away', async () => {
    const made = await world.conversation('active');
    await release(world.ctx, world.ana, fenced(made));
    await expectRefused(world, 'conflict', () => release(world.ctx, world.ana, fenced(made)));
    const { message } = await expectRefused(world, 'conflict', () =>
      sendAsAgent(world.ctx, world.ana, {
        ...fenced(made),
        clientId: world.nextClientId(),
        body: 'Still me.',
      }),
    );
    expect(message).toMatch(/Claim the conversation first/);
  });
});

describe('transfer', () => {
  it('goes to a colleague who accepts, with the note before it and only for the desk', async () => {
    const made = await world.conversation('active');
    await handOver(world.ctx, world.ana, world.ben, made, ' Knows the order by heart. ');
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'active',
      agent_id: world.ben.id,
      owner_epoch: made.ownerEpoch + 1,
    });
    const [note, asked, moved] = (await logOf(world, made.conversationId)).slice(-3);
    expect(asked).toMatchObject({ kind: 'handoff.transferAsked', visible: null });
    expect(note).toMatchObject({ kind: 'note.added', visible: null });
    expect(moved).toMatchObject({
      kind: 'handoff.transferred',
      payload: {
        fromAgentId: world.ana.id,
        fromAgentName: 'Ana',
        to: { kind: 'agent', id: world.ben.id, name: 'Ben' },
      },
    });
    const [row] = await world.ctx.db.query<{ body: string; kind: string }>(
      'select body, kind from messages where id = $1::uuid',
      [String(note?.payload.messageId)],
    );
    expect(row).toEqual({ body: 'Knows the order by heart.', kind: 'note' });
    const { winner } = await expectRefused(world, 'conflict', () =>
      sendAsAgent(world.ctx, world.ana, { ...fenced(made), clientId: world.nextClientId(), body: 'Wait' }),
    );
    expect(winner?.name).toBe('Ben');
  });

  it('goes to another team’s queue without a note when none was written', async () => {
    const made = await world.conversation('active');
    await transfer(world.ctx, world.ana, {
      ...fenced(made),
      to: { kind: 'team', id: world.teams.orders },
      note: '  ',
    });
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'pending',
      agent_id: null,
      team_id: world.teams.orders,
    });
    expect((await logOf(world, made.conversationId)).filter((row) => row.kind === 'note.added')).toEqual([]);
    await expectRefused(world, 'not_found', () => claim(world.ctx, world.ana, ids(made)));
    await claim(world.ctx, await world.agent('Olga', 'agent', [world.teams.orders]), ids(made));
  });

  it('refuses oneself, somebody unknown and a team that is not there', async () => {
    const made = await world.conversation('active');
    const to = (kind: 'agent' | 'team', id: string) => () =>
      transfer(world.ctx, world.ana, { ...fenced(made), to: { kind, id }, note: '' });
    await expectRefused(world, 'invalid', to('agent', world.ana.id));
    await expectRefused(world, 'not_found', to('agent', world.ctx.newId()));
    await expectRefused(world, 'not_found', to('team', world.ctx.newId()));
    await expectRefused(world, 'not_found', to('team', world.ben.id));
  });
});

describe('hand back', () => {
  it('ends the stretch with a person: the bot answers again', async () => {
    const made = await world.conversation('active');
    await handBack(world.ctx, world.ana, fenced(made));
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'bot',
      agent_id: null,
      team_id: null,
      owner_epoch: made.ownerEpoch + 1,
    });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({
      state: 'returned',
      outcome: 'returned',
      ended_at: new Date(world.clock.now),
    });
    await sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'And now?' });
    expect(await timersOf(world, made.conversationId)).toContain(`bot.turn:${made.conversationId}`);
  });
});

describe('resolve', () => {
  it('ends the conversation; the customer’s next message opens it again with the bot', async () => {
    const made = await world.conversation('active');
    await resolve(world.ctx, world.ana, fenced(made));
    expect(await headOf(world, made.conversationId)).toMatchObject({ state: 'resolved' });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({ state: 'resolved', outcome: 'resolved' });
    await expectRefused(world, 'conflict', () => resolve(world.ctx, world.ana, fenced(made)));
    await expectRefused(world, 'conflict', () =>
      takeover(world.ctx, world.ben, { conversationId: made.conversationId }),
    );
    await sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'One more thing' });
    expect(await headOf(world, made.conversationId)).toMatchObject({
      state: 'bot',
      agent_id: null,
      team_id: null,
      owner_epoch: made.ownerEpoch + 2,
    });
    expect((await logOf(world, made.conversationId)).slice(-2).map((row) => row.kind)).toEqual([
      'conversation.reopened',
      'message.sent',
    ]);
  });
});

describe('races of the owner with themselves', () => {
  it('release, transfer, hand back and resolve at once: one happens, one event, three are refused', async () => {
    for (let contest = 0; contest < 5; contest++) {
      const made = await world.conversation('active');
      const before = (await logOf(world, made.conversationId)).length;
      const results = await Promise.allSettled([
        release(world.ctx, world.ana, fenced(made)),
        transfer(world.ctx, world.ana, {
          ...fenced(made),
          to: { kind: 'team', id: world.teams.returns },
          note: '',
        }),
        handBack(world.ctx, world.ana, fenced(made)),
        resolve(world.ctx, world.ana, fenced(made)),
      ]);
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(refused).toHaveLength(3);
      for (const error of refused) expect(error instanceof AppError && error.code).toBe('conflict');
      expect(await logOf(world, made.conversationId)).toHaveLength(before + 1);
      expect((await headOf(world, made.conversationId)).owner_epoch).toBe(made.ownerEpoch + 1);
    }
  });

  it('a message of the customer meanwhile stands in nobody’s way', async () => {
    const made = await world.conversation('active');
    await Promise.all([
      resolve(world.ctx, world.ana, fenced(made)),
      sendAsVisitor(world.ctx, made.visitor, { clientId: world.nextClientId(), body: 'Thank you!' }),
    ]);
    const kinds = (await logOf(world, made.conversationId)).map((row) => row.kind);
    expect(kinds.filter((kind) => kind === 'handoff.resolved')).toHaveLength(1);
  });
});
