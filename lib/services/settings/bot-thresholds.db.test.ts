import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { DEFAULT_BOT_THRESHOLDS } from '@/lib/domain/bot-settings';
import { DEFAULT_THRESHOLDS, type Thresholds } from '@/lib/domain/judgement';
import { answerTurn } from '../bot/answer';
import { sendAsVisitor } from '../message/send-as-visitor';
import { followNotices } from '../notices';
import { openContext } from '../open-context';
import { expectNoChange, expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { changeBotThresholds } from './change-bot-thresholds';
import { previewBotThresholds } from './preview-bot-thresholds';

let world: TestWorld;
let admin: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
});
afterAll(() => world.close());

async function asked(confidence: number, frustration: number) {
  const who = await world.visitor();
  await sendAsVisitor(world.ctx, who, { clientId: world.nextClientId(), body: 'Postage?' });
  const low = confidence < 0.4;
  world.brain.next = {
    confidence,
    offer: low ? { reason: 'low_confidence' } : null,
    signals: [
      { name: 'low_confidence', value: confidence, threshold: 0.4, fired: low, evidence: [] },
      { name: 'frustration', value: frustration, threshold: 0.7, fired: false, evidence: [] },
    ],
  };
  await answerTurn(world.ctx, (await conversationOf(world.ctx, who)) ?? '');
  world.brain.next = {};
}

describe('the thresholds of the bot', () => {
  it('ship as what the brain was measured with', () => {
    expect(DEFAULT_BOT_THRESHOLDS).toEqual({ version: 1, ...DEFAULT_THRESHOLDS });
    expect(world.ctx.settings.thresholds()).toEqual(DEFAULT_BOT_THRESHOLDS);
  });

  it('foretell in how many of the newest conversations a person would be offered', async () => {
    for (const [confidence, frustration] of [
      [0.2, 0],
      [0.3, 0.6],
      [0.5, 0],
      [0.5, 0.65],
      [0.9, 0],
    ] as const) {
      await asked(confidence, frustration);
    }
    const preview = (change: Partial<Thresholds>) =>
      previewBotThresholds(world.ctx, admin, { ...DEFAULT_THRESHOLDS, ...change });
    expect(await preview({})).toEqual({ conversations: 5, now: 2, after: 2, more: 0, fewer: 0 });
    expect(await preview({ confidence: 0.6 })).toEqual({
      conversations: 5,
      now: 2,
      after: 4,
      more: 2,
      fewer: 0,
    });
    expect(await preview({ confidence: 0.25, frustration: 0.64 })).toEqual({
      ...{ conversations: 5, now: 2, after: 2 },
      ...{ more: 1, fewer: 1 },
    });
    await expectRefused(world, 'forbidden', () =>
      previewBotThresholds(world.ctx, world.ana, DEFAULT_THRESHOLDS),
    );
  });

  it('are changed over the version that was seen, in the log, and held to by the bot of every server at once', async () => {
    const other = await openContext(
      { databaseUrl: world.databaseUrl, secret: world.secret, baseUrl: world.ctx.baseUrl },
      { brain: world.brain, log: world.ctx.log },
    );
    try {
      await followNotices(other, {
        directory: async () => {},
        sessionEnded: () => {},
        agentChanged: () => {},
        customersChanged: () => {},
        settingsChanged: () => {},
      });
      const change = { ...DEFAULT_BOT_THRESHOLDS, confidence: 0.55 };
      const supervisor = await world.agent('Zoe', 'supervisor');
      await expectRefused(world, 'forbidden', () => changeBotThresholds(world.ctx, supervisor, change));
      const made = await changeBotThresholds(world.ctx, admin, change);
      expect(made).toEqual({ ...change, version: 2 });
      await expectNoChange(world, () => changeBotThresholds(world.ctx, admin, made));
      await expectRefused(world, 'conflict', () =>
        changeBotThresholds(world.ctx, admin, { ...change, loop: 5 }),
      );
      await vi.waitFor(() => expect(other.settings.thresholds().confidence).toBe(0.55));

      const judge = vi.spyOn(world.brain, 'judge');
      const who = await world.visitor();
      await sendAsVisitor(other, who, { clientId: world.nextClientId(), body: 'Postage?' });
      await answerTurn(other, (await conversationOf(other, who)) ?? '');
      expect(judge.mock.calls[0]?.[0].thresholds.confidence).toBe(0.55);
      judge.mockRestore();
      const [event] = await world.ctx.db.query<{ payload: object }>(
        `select payload from stream_events where kind = 'bot.thresholdsChanged'`,
      );
      expect(event?.payload).toEqual({ before: DEFAULT_BOT_THRESHOLDS, after: made });
    } finally {
      await other.close();
    }
  });

  it.each([
    { confidence: 1.2 },
    { confidence: 0.555 },
    { loop: 1 },
    { loop: 2.5 },
    { sessionMinutes: 0 },
    { polarity: 0.5 },
    { refundOver: -1 },
    { frustration: Number.NaN },
  ])('cannot be %j', async (wrong) => {
    const held = world.ctx.settings.thresholds();
    await expectRefused(world, 'invalid', () => changeBotThresholds(world.ctx, admin, { ...held, ...wrong }));
  });
});
