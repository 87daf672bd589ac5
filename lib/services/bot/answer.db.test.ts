import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context';
import { readAsVisitor } from '../conversation/mark-read';
import { takeover } from '../conversation/takeover';
import { accept } from '../handoff/accept';
import { claim } from '../handoff/claim';
import { requestPerson } from '../handoff/request';
import { sendAsVisitor } from '../message/send-as-visitor';
import { openContext } from '../open-context';
import { expectNoChange, headOf, logOf, timersOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { answerTurn } from './answer';

let world: TestWorld;
beforeAll(async () => {
  world = await openTestWorld();
});
afterAll(() => world.close());
afterEach(() => {
  world.brain.next = {};
  world.brain.meanwhile = async () => {};
});

const words = (body = 'And postage?') => ({ clientId: world.nextClientId(), body });
const count = async (conversationId: string, kind: string, author?: string) =>
  (await logOf(world, conversationId)).filter(
    (row) => row.kind === kind && (author === undefined || row.payload.author === author),
  ).length;

async function asked() {
  const made = await world.conversation('bot');
  await sendAsVisitor(world.ctx, made.visitor, words());
  return { ...made, said: await count(made.conversationId, 'message.sent', 'bot') };
}

describe('the bot’s turn', () => {
  it('answers once, logs what it judged without a word of it, and removes its timer', async () => {
    const { conversationId, said } = await asked();
    const signal = {
      name: 'frustration' as const,
      value: 0.4,
      threshold: 0.7,
      fired: false,
      evidence: [{ messageId: world.ctx.newId(), start: 0, end: 3, note: 'And' }],
    };
    world.brain.next = { signals: [signal], confidence: 0.8 };
    await answerTurn(world.ctx, conversationId);
    const [judged, answer] = (await logOf(world, conversationId)).slice(-2);
    expect(judged).toMatchObject({
      kind: 'turn.judged',
      visible: null,
      actor: { kind: 'bot', name: 'Fern' },
      payload: { confidence: 0.8, signals: [{ name: 'frustration', value: 0.4 }] },
    });
    expect(JSON.stringify(judged)).not.toContain('"note"');
    expect(answer).toMatchObject({ kind: 'message.sent', payload: { author: 'bot' } });
    expect(await count(conversationId, 'message.sent', 'bot')).toBe(said + 1);
    expect(await timersOf(world, conversationId)).toEqual([]);
    await expectNoChange(world, () => answerTurn(world.ctx, conversationId));
  });

  it('answers nothing where nothing was asked, is somebody else’s, or is not there', async () => {
    for (const state of ['pending', 'active'] as const) {
      const { visitor, conversationId } = await world.conversation(state);
      await sendAsVisitor(world.ctx, visitor, words());
      await expectNoChange(world, () => answerTurn(world.ctx, conversationId));
    }
    await expectNoChange(world, () => answerTurn(world.ctx, world.ctx.newId()));
  });

  it('an answer begun before a takeover is refused at commit', async () => {
    const { conversationId, said } = await asked();
    world.brain.meanwhile = async () => {
      await takeover(world.ctx, world.ana, { conversationId });
    };
    await answerTurn(world.ctx, conversationId);
    expect(await count(conversationId, 'message.sent', 'bot')).toBe(said);
    expect((await logOf(world, conversationId)).at(-1)?.kind).toBe('conversation.takenOver');
    expect(await timersOf(world, conversationId)).toEqual([`sla:${conversationId}`]);
  });

  it('an answer begun before request, accept and claim is refused at commit', async () => {
    const { conversationId, visitor, said } = await asked();
    world.brain.meanwhile = async () => {
      await requestPerson(world.ctx, visitor);
      const handoffId = (await headOf(world, conversationId)).handoff_id ?? '';
      await accept(world.ctx, visitor, { handoffId, details: 'later' });
      await claim(world.ctx, world.ana, { conversationId, handoffId });
    };
    await answerTurn(world.ctx, conversationId);
    expect(await count(conversationId, 'message.sent', 'bot')).toBe(said);
    expect(await headOf(world, conversationId)).toMatchObject({ state: 'active', agent_id: world.ana.id });
  });

  it('an answer begun before a newer question leaves the newer one to be answered', async () => {
    const { conversationId, visitor, said } = await asked();
    world.brain.meanwhile = async () => {
      world.brain.meanwhile = async () => {};
      await sendAsVisitor(world.ctx, visitor, words('No: how long may I send it back?'));
    };
    await answerTurn(world.ctx, conversationId);
    expect(await timersOf(world, conversationId)).toHaveLength(1);
    await answerTurn(world.ctx, conversationId);
    expect(await timersOf(world, conversationId)).toEqual([]);
    const answers = await count(conversationId, 'message.sent', 'bot');
    expect(answers).toBeGreaterThan(said);
    expect((await logOf(world, conversationId)).at(-1)).toMatchObject({ payload: { author: 'bot' } });
  });

  it('a brain that fails offers a person', async () => {
    const { conversationId } = await asked();
    world.brain.next = new Error('out of order');
    await answerTurn(world.ctx, conversationId);
    expect((await logOf(world, conversationId)).slice(-3)).toMatchObject([
      { kind: 'turn.judged', payload: { offer: 'error', confidence: null } },
      { kind: 'message.sent', payload: { author: 'bot' } },
      { kind: 'handoff.offered', payload: { reason: 'error', by: 'bot' } },
    ]);
    expect(await timersOf(world, conversationId)).toEqual([]);
  });

  it('two processes that answer the same turn say it once', async () => {
    const other = await openContext(
      { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: world.ctx.baseUrl },
      { brain: world.brain, log: world.ctx.log, now: () => world.clock.now },
    );
    for (const next of [{}, { offer: { reason: 'low_confidence' as const } }]) {
      const { conversationId, said } = await asked();
      world.brain.next = next;
      let arrived = 0;
      let open: () => void = () => {};
      const both = new Promise<void>((resolve) => {
        open = resolve;
      });
      world.brain.meanwhile = async () => {
        if (++arrived === 2) open();
        await both;
      };
      await Promise.all([answerTurn(world.ctx, conversationId), answerTurn(other, conversationId)]);
      expect(arrived).toBe(2);
      expect(await count(conversationId, 'message.sent', 'bot')).toBe(said + 1);
      expect(await count(conversationId, 'handoff.offered')).toBe('offer' in next ? 1 : 0);
      expect(await timersOf(world, conversationId)).toEqual([]);
      world.brain.next = {};
      world.brain.meanwhile = async () => {};
    }
    await other.close();
  });

  it('an offer that stands is shown again beneath the newest words, and stays one handoff', async () => {
    const { conversationId, visitor } = await asked();
    world.brain.next = { offer: { reason: 'low_confidence' }, confidence: 0.2 };
    await answerTurn(world.ctx, conversationId);
    const { handoff_id: first } = await headOf(world, conversationId);
    await sendAsVisitor(world.ctx, visitor, words('Hello?'));
    await answerTurn(world.ctx, conversationId);
    expect((await headOf(world, conversationId)).handoff_id).toBe(first);
    expect(await count(conversationId, 'handoff.offered')).toBe(2);
    const [{ handoffs } = { handoffs: 0 }] = await world.ctx.db.query<{ handoffs: number }>(
      'select count(*)::int as handoffs from handoffs where conversation_id = $1::uuid',
      [conversationId],
    );
    expect(handoffs).toBe(1);
  });

  it('details that were asked for enter the queue at once, whatever else happens meanwhile', async () => {
    const { conversationId, visitor, handoffId } = await world.conversation('offered');
    await accept(world.ctx, visitor, { handoffId, details: 'first' });
    await sendAsVisitor(world.ctx, visitor, words('Order 4411'));
    let read = false;
    const reading: Context = {
      ...world.ctx,
      brain: {
        ...world.brain,
        summarise: async (input: Parameters<typeof world.brain.summarise>[0]) => {
          if (!read) await readAsVisitor(world.ctx, visitor, { upTo: 3 });
          read = true;
          return world.brain.summarise(input);
        },
      },
    };
    await answerTurn(reading, conversationId);
    expect(read).toBe(true);
    expect((await headOf(world, conversationId)).state).toBe('pending');
  });

  it('a person asked for while the bot thinks of offering one stays one handoff', async () => {
    const { conversationId, visitor } = await asked();
    world.brain.next = { offer: { reason: 'frustration' }, confidence: 0.2 };
    world.brain.meanwhile = async () => {
      world.brain.meanwhile = async () => {};
      await requestPerson(world.ctx, visitor);
    };
    await answerTurn(world.ctx, conversationId);
    const [{ open } = { open: 0 }] = await world.ctx.db.query<{ open: number }>(
      `select count(*)::int as open from handoffs where conversation_id = $1::uuid and state = 'offered'`,
      [conversationId],
    );
    expect(open).toBe(1);
    expect(await timersOf(world, conversationId)).toEqual([]);
  });
});
