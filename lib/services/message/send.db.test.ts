import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_LENGTH } from '@/lib/domain/conversation';
import { takeover } from '../conversation/takeover';
import { release } from '../handoff/release';
import { resolve } from '../handoff/resolve';
import { transfer } from '../handoff/transfer';
import { expectNoChange, expectRefused, handoffOf, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { visitorSnapshot } from '../visitor/open-session';
import { addNote } from './add-note';
import { sendAsAgent } from './send-as-agent';
import { sendAsVisitor } from './send-as-visitor';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());

const words = (body = 'Some words.') => ({ clientId: world.nextClientId(), body });
const bodies = async (conversationId: string) => {
  const rows = await world.ctx.db.query<{ body: string }>(
    'select body from messages where conversation_id = $1::uuid order by seq',
    [conversationId],
  );
  return rows.map((row) => row.body);
};

describe('a visitor writes', () => {
  it('the first message makes the conversation, and owes the visitor an answer', async () => {
    const visitor = await world.visitor();
    const sent = await sendAsVisitor(world.ctx, visitor, words('My pole broke.'));
    const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
    expect(await logOf(world, conversationId)).toMatchObject([
      { kind: 'conversation.started', actor: { kind: 'visitor', id: visitor.id } },
      { kind: 'message.sent', payload: { messageId: sent.messageId, author: 'visitor' } },
    ]);
    expect(sent).toMatchObject({ seq: 2, visibleSeq: 2, at: world.clock.now });
    expect(await headOf(world, conversationId)).toMatchObject({ state: 'bot', owner_epoch: 1, unread: 1 });
    expect(await timersOf(world, conversationId)).toEqual([`bot.turn:${conversationId}`]);
  });
  it('is owed an answer by the bot, however sure this process was that an agent owes it', async () => {
    const { conversationId, visitor } = await world.conversation('bot');
    world.ctx.awaiting.hear({ id: conversationId, state: 'active' }, [{ author: 'visitor', kind: 'text' }]);
    await sendAsVisitor(world.ctx, visitor, words());
    expect(await timersOf(world, conversationId)).toEqual([`bot.turn:${conversationId}`]);
    expect(await headOf(world, conversationId)).toMatchObject({ state: 'bot', unread: 2 });
  });
  it('the first message sent five times at once makes one conversation with one message', async () => {
    const visitor = await world.visitor();
    const same = words('Hello?');
    const receipts = await Promise.all([1, 2, 3, 4, 5].map(() => sendAsVisitor(world.ctx, visitor, same)));
    for (const receipt of receipts) expect(receipt).toEqual(receipts[0]);
    expect(await bodies((await conversationOf(world.ctx, visitor)) ?? '')).toEqual(['Hello?']);
  });
  it('different first messages at once make one conversation with both', async () => {
    const visitor = await world.visitor();
    await Promise.all([1, 2, 3].map((number) => sendAsVisitor(world.ctx, visitor, words(`Word ${number}`))));
    const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
    expect((await bodies(conversationId)).sort()).toEqual(['Word 1', 'Word 2', 'Word 3']);
    await logOf(world, conversationId);
  });
  it.each(['bot', 'pending', 'active'] as const)(
    'is stored once, and a repeat has its receipt: %s',
    async (state) => {
      const { visitor } = await world.conversation(state);
      const same = words();
      const sent = await sendAsVisitor(world.ctx, visitor, same);
      expect(await expectNoChange(world, () => sendAsVisitor(world.ctx, visitor, same))).toEqual(sent);
    },
  );
  it('the same client id with other words is refused', async () => {
    const { visitor } = await world.conversation('active');
    const same = words();
    await sendAsVisitor(world.ctx, visitor, same);
    const { message } = await expectRefused(world, 'invalid', () =>
      sendAsVisitor(world.ctx, visitor, { ...same, body: 'Other words.' }),
    );
    expect(message).toMatch(/client id/);
  });
  it('a repeat that comes after the end does not open the conversation again', async () => {
    const { visitor, conversationId, ownerEpoch } = await world.conversation('active');
    const same = words();
    const sent = await sendAsVisitor(world.ctx, visitor, same);
    await resolve(world.ctx, world.ana, { conversationId, ownerEpoch });
    expect(await expectNoChange(world, () => sendAsVisitor(world.ctx, visitor, same))).toEqual(sent);
    expect((await headOf(world, conversationId)).state).toBe('resolved');
  });
  it('another visitor may use the same client id, in their own conversation', async () => {
    const [one, other] = [await world.conversation('bot'), await world.conversation('bot')];
    const same = words();
    const first = await sendAsVisitor(world.ctx, one.visitor, same);
    expect((await sendAsVisitor(world.ctx, other.visitor, same)).messageId).not.toBe(first.messageId);
  });
  it('whoever claims another’s conversation as their own is refused', async () => {
    const victim = await world.conversation('active');
    const thief = await world.visitor();
    const forged = { ...thief, conversationId: victim.conversationId };
    await expectRefused(world, 'conflict', () => sendAsVisitor(world.ctx, forged, words()));
  });
  it('every character arrives, up to the last that is allowed', async () => {
    const { visitor, conversationId } = await world.conversation('active');
    const long = 'ü'.repeat(MAX_MESSAGE_LENGTH);
    const strange = `<script>alert(1)</script> ' " \\ %s $1 {} 👩‍👩‍👧 \u202e عربي\r\nline`;
    await sendAsVisitor(world.ctx, visitor, words(long));
    await sendAsVisitor(world.ctx, visitor, words(strange));
    expect((await bodies(conversationId)).slice(-2)).toEqual([long, strange]);
  });
  it('half an emoji is made whole, and can be sent twice like any other word', async () => {
    const { visitor, conversationId } = await world.conversation('active');
    const same = words('cut \ud83d');
    const sent = await sendAsVisitor(world.ctx, visitor, same);
    expect(await expectNoChange(world, () => sendAsVisitor(world.ctx, visitor, same))).toEqual(sent);
    expect((await bodies(conversationId)).at(-1)).toBe('cut \ufffd');
  });
  it('many at once keep their numbers without a gap', async () => {
    const { visitor, conversationId, ownerEpoch } = await world.conversation('active');
    const before = (await logOf(world, conversationId)).length;
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? sendAsVisitor(world.ctx, visitor, words(`v${index}`))
          : sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words(`a${index}`) }),
      ),
    );
    expect(await logOf(world, conversationId)).toHaveLength(before + 20);
  });
});

describe('the owner writes', () => {
  it('stores, logs who it was, empties the unread count and stops the first-response clock once', async () => {
    const { visitor, conversationId, handoffId, ownerEpoch } = await world.conversation('active');
    await sendAsVisitor(world.ctx, visitor, words());
    world.clock.now += 30_000;
    const first = world.clock.now;
    const sent = await sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words('Hi!') });
    world.clock.now += 30_000;
    await sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words('Again') });
    expect((await logOf(world, conversationId)).at(-2)).toMatchObject({
      kind: 'message.sent',
      actor: { kind: 'agent', id: world.ana.id, name: 'Ana' },
      payload: { messageId: sent.messageId, author: 'agent' },
    });
    expect((await handoffOf(world, handoffId)).first_reply_at).toEqual(new Date(first));
    expect((await headOf(world, conversationId)).unread).toBe(0);
  });
  it('a repeat has its receipt, also after the conversation has changed hands', async () => {
    const { conversationId, ownerEpoch } = await world.conversation('active');
    const input = { conversationId, ownerEpoch, ...words() };
    const sent = await sendAsAgent(world.ctx, world.ana, input);
    expect(await expectNoChange(world, () => sendAsAgent(world.ctx, world.ana, input))).toEqual(sent);
    await release(world.ctx, world.ana, { conversationId, ownerEpoch });
    expect(await expectNoChange(world, () => sendAsAgent(world.ctx, world.ana, input))).toEqual(sent);
    await expectRefused(world, 'invalid', () =>
      sendAsAgent(world.ctx, world.ana, { ...input, body: 'Other words.' }),
    );
  });
  it('against a transfer at the same moment: either before it, or refused', async () => {
    for (let contest = 0; contest < 8; contest++) {
      const { conversationId, ownerEpoch } = await world.conversation('active');
      const [said] = await Promise.allSettled([
        sendAsAgent(world.ctx, world.ana, { conversationId, ownerEpoch, ...words('Mine') }),
        transfer(world.ctx, world.ana, {
          conversationId,
          ownerEpoch,
          to: { kind: 'team', id: world.teams.orders },
          note: '',
        }),
      ]);
      const log = await logOf(world, conversationId);
      const moved = log.findIndex((row) => row.kind === 'handoff.transferred');
      const spoke = log.findIndex((row) => row.kind === 'message.sent' && row.payload.author === 'agent');
      expect(spoke === -1 ? said?.status : spoke < moved).toBe(spoke === -1 ? 'rejected' : true);
    }
  });
});

describe('a note', () => {
  it('is logged for the desk alone: no number of the visitor’s, no preview, no count', async () => {
    const { conversationId } = await world.conversation('active');
    const before = await world.ctx.db.query(
      'select preview, preview_by, message_count, visible_seq, unread, last_message_at from conversations where id = $1::uuid',
      [conversationId],
    );
    const input = { conversationId, ...words('Careful: canary-note') };
    const sent = await addNote(world.ctx, world.ben, input);
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({ kind: 'note.added', visible: null });
    expect(
      await world.ctx.db.query(
        'select preview, preview_by, message_count, visible_seq, unread, last_message_at from conversations where id = $1::uuid',
        [conversationId],
      ),
    ).toEqual(before);
    expect(JSON.stringify(await visitorSnapshot(world.ctx, conversationId))).not.toContain('canary-note');
    expect(await expectNoChange(world, () => addNote(world.ctx, world.ben, input))).toEqual(sent);
    await expectRefused(world, 'invalid', () => addNote(world.ctx, world.ben, { ...input, body: 'Other' }));
  });
  it.each(['bot', 'offered', 'pending', 'active'] as const)(
    'may be written while it is %s',
    async (state) => {
      const { conversationId } = await world.conversation(state);
      await addNote(world.ctx, world.ana, { conversationId, ...words() });
      expect((await logOf(world, conversationId)).at(-1)?.kind).toBe('note.added');
    },
  );
});

describe('takeover', () => {
  it('makes the agent owner of what the bot was handling, with a handoff that says so', async () => {
    const { conversationId } = await world.conversation('bot');
    const { ownerEpoch } = await takeover(world.ctx, world.ben, { conversationId });
    const head = await headOf(world, conversationId);
    expect(head).toMatchObject({ state: 'active', agent_id: world.ben.id, owner_epoch: ownerEpoch });
    expect(ownerEpoch).toBe(2);
    expect(await handoffOf(world, head.handoff_id ?? '')).toMatchObject({
      state: 'claimed',
      agent_id: world.ben.id,
    });
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({
      kind: 'conversation.takenOver',
      payload: { agentId: world.ben.id, agentName: 'Ben' },
    });
    expect(await timersOf(world, conversationId)).toEqual([`sla:${conversationId}`]);
    const again = await expectNoChange(world, () => takeover(world.ctx, world.ben, { conversationId }));
    expect(again).toEqual({ ownerEpoch });
    const { winner } = await expectRefused(world, 'conflict', () =>
      takeover(world.ctx, world.ana, { conversationId }),
    );
    expect(winner?.name).toBe('Ben');
  });
  it('keeps an offer that stood open as the one handoff', async () => {
    const { conversationId, handoffId } = await world.conversation('offered');
    await takeover(world.ctx, world.ana, { conversationId });
    expect((await headOf(world, conversationId)).handoff_id).toBe(handoffId);
    expect(await handoffOf(world, handoffId)).toMatchObject({ state: 'claimed', agent_id: world.ana.id });
  });
  it('of several at once one wins', async () => {
    const { conversationId } = await world.conversation('bot');
    const results = await Promise.allSettled(
      [world.ana, world.ben].map((agent) => takeover(world.ctx, agent, { conversationId })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const log = await logOf(world, conversationId);
    expect(log.filter((row) => row.kind === 'conversation.takenOver')).toHaveLength(1);
  });
});
