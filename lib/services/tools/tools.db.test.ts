import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { ANY_TIME } from '@/lib/domain/asked-time';
import { BOT_TOOLS, type BotTool } from '@/lib/domain/bot-tools';
import type { Judgement } from '@/lib/domain/judgement';
import { answerTurn } from '../bot/answer';
import { bookCallback } from '../callback/book';
import { proposeSlots } from '../callback/propose';
import { chooseForm } from '../form/choose';
import { makeForm } from '../form/testing';
import { accept } from '../handoff/accept';
import { requestPerson } from '../handoff/request';
import { sendAsVisitor } from '../message/send-as-visitor';
import { expectRefused, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { visitorSnapshot } from '../visitor/open-session';
import { changeTools, readTools } from './change-tools';

let world: TestWorld;
let admin: AgentActor;
let templateId: string;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
  const offer = { topics: ['Nothing at all'], reasons: [], phrases: ['return form', 'send* it back'] };
  templateId = (await makeForm(world, { offer })).id;
});
afterAll(() => world.close());
afterEach(async () => {
  world.brain.next = {};
  await without();
});

const without = (...off: BotTool[]) =>
  changeTools(world.ctx, admin, {
    widgetId: world.widgetId,
    version: world.ctx.settings.tools(world.widgetId).version,
    off,
  });
const ASKS_FOR_CALL: Partial<Judgement> = {
  offer: { reason: 'requested_by_customer' },
  reply: { text: 'I can get a person.', sources: [] },
  call: { ...ANY_TIME, days: 1, minute: 15 * 60 },
};

async function says(body: string) {
  const who = await world.visitor();
  await sendAsVisitor(world.ctx, who, { clientId: world.nextClientId(), body });
  const conversationId = (await conversationOf(world.ctx, who)) ?? '';
  await answerTurn(world.ctx, conversationId);
  return { visitor: { ...who, conversationId }, ...(await seen(conversationId)) };
}
async function seen(conversationId: string) {
  const { events, handoff } = await visitorSnapshot(world.ctx, conversationId);
  const said = events.flatMap((event) => (event.kind === 'message' ? [event.message] : [])).at(-1);
  const log = await logOf(world, conversationId);
  const judged = log.findLast(({ kind }) => kind === 'turn.judged')?.payload;
  return { conversationId, handoff, handoffId: handoff?.id ?? '', said, judged };
}
const times = (made: Awaited<ReturnType<typeof says>>) =>
  proposeSlots(world.ctx, made.visitor, {
    handoffId: made.handoffId,
    channel: 'voice',
    timeZone: 'Europe/Oslo',
    after: null,
  });

describe('what the bot may do', () => {
  it('is all of it to begin with, and is changed by admins alone, with a trace', async () => {
    expect(readTools(world.ctx, admin)).toMatchObject([{ botName: 'Fern', tools: { off: [] } }]);
    await expectRefused(world, 'invalid', () => without('nothing' as BotTool));
    await expectRefused(world, 'forbidden', () =>
      changeTools(world.ctx, world.ana, { widgetId: world.widgetId, version: 1, off: [] }),
    );
    const before = world.ctx.settings.tools(world.widgetId);
    const after = await without('transfer_to_human', 'send_secure_form');
    expect(after).toEqual({ version: before.version + 1, off: ['send_secure_form', 'transfer_to_human'] });
    const [logged] = await world.ctx.db.query<{ payload: object }>(
      "select payload from stream_events where kind = 'tools.changed' order by seq desc limit 1",
    );
    expect(logged?.payload).toMatchObject({ botName: 'Fern', before, after });
    await expectRefused(world, 'conflict', () =>
      changeTools(world.ctx, admin, { widgetId: world.widgetId, version: before.version, off: [] }),
    );
  });

  it('names the times that a customer asked for, and agrees none', async () => {
    world.brain.next = ASKS_FOR_CALL;
    const made = await says('Can you call me tomorrow at 3?');
    expect(made.handoff).toMatchObject({ askedCall: true, reason: 'requested_by_customer' });
    expect(made.handoff?.paths).toEqual(['live', 'follow_up', 'callback']);
    expect(made.said?.body).toMatch(/^We can call you\. Choose one of these times/);
    expect(made.judged).toMatchObject({ tool: 'schedule_callback' });
    const { slots } = await times(made);
    const tomorrow = new Date(world.clock.now + 24 * 60 * 60_000).toISOString().slice(0, 10);
    expect(new Date(slots[0]?.startAt ?? 0).toISOString()).toBe(`${tomorrow}T14:00:00.000Z`);
    const [calls] = await world.ctx.db.query('select 1 from callbacks');
    expect(calls).toBeUndefined();
  });

  it('names other times where there are none so late', async () => {
    world.brain.next = { ...ASKS_FOR_CALL, call: { ...ANY_TIME, days: 300, minute: 0 } };
    const { slots } = await times(await says('Call me next year'));
    expect(slots).toHaveLength(3);
    world.brain.next = { ...ASKS_FOR_CALL, call: ANY_TIME };
    expect((await says('Call me')).judged).toMatchObject({ tool: 'propose_callback_slots' });
  });

  it('offers a form to whoever asks for what it is there for, beside the answer', async () => {
    const made = await says('I would like to sending it back, where is the RETURN form');
    expect(made.handoff).toMatchObject({ state: 'offered', forms: [{ templateId }] });
    expect(made.said?.body).toMatch(/^Sixty days, .*\n\nThere is a form for that, “.*a person reads it\.$/s);
    expect(made.judged).toMatchObject({ tool: 'send_secure_form', offer: 'requested_by_customer' });
    expect((await says('My tent leaks')).handoff).toBeNull();
  });

  it('never takes from an offer that the judgement made, nor changes its reason', async () => {
    world.brain.next = {
      offer: { reason: 'sensitive_topic' },
      reply: { text: 'That is legal.', sources: [] },
    };
    const made = await says('My lawyer wants the return form');
    expect(made.handoff).toMatchObject({ reason: 'sensitive_topic', forms: [{ templateId }] });
    expect(made.said?.body).toMatch(/^That is legal\.\n\n/);
  });
});

describe('a tool that is switched off', () => {
  it('puts nobody through: a person answers in writing', async () => {
    await without('transfer_to_human');
    const made = await says('Hello');
    await requestPerson(world.ctx, made.visitor);
    const { handoff } = await seen(made.conversationId);
    expect(handoff?.paths).toEqual(['follow_up', 'callback']);
    await expectRefused(world, 'conflict', () =>
      accept(world.ctx, made.visitor, { handoffId: handoff?.id ?? '', details: 'later' }),
    );
    await expectRefused(world, 'conflict', () =>
      accept(world.ctx, made.visitor, { handoffId: handoff?.id ?? '', details: 'first' }),
    );
  });

  it('offers no form and sends none that was offered before', async () => {
    const made = await says('the return form please');
    await without('send_secure_form');
    await expectRefused(world, 'conflict', () =>
      chooseForm(world.ctx, made.visitor, { handoffId: made.handoffId, templateId, returnTo: '' }),
    );
    expect((await says('the return form please')).handoff).toBeNull();
  });

  it('offers no call and books none that was offered before', async () => {
    world.brain.next = ASKS_FOR_CALL;
    const made = await says('Can you call me tomorrow at 3?');
    const { slots } = await times(made);
    const book = (startAt: number | null) =>
      bookCallback(world.ctx, made.visitor, {
        handoffId: made.handoffId,
        channel: 'voice',
        startAt,
        phone: '+351 912 345 646',
        email: 'jonas.berg@post.example',
        timeZone: 'Europe/Oslo',
      });
    await without('propose_callback_slots');
    await expectRefused(world, 'conflict', () => book(slots[0]?.startAt ?? 0));
    expect(await times(made)).toMatchObject({ slots: [] });
    const queued = await says('Can you call me tomorrow at 3?');
    expect(queued.handoff?.callback).toMatchObject({ kind: 'queue' });
    await without('schedule_callback');
    await expectRefused(world, 'conflict', () => book(null));
    expect(await times(made)).toMatchObject({ slots: [], withinMs: null, channels: [] });
    const none = await says('Can you call me tomorrow at 3?');
    expect(none.handoff).toMatchObject({ callback: null, askedCall: false, paths: ['live', 'follow_up'] });
    expect(none.said?.body).toBe('I can get a person.');
  });

  it('is any of them', async () => {
    await without(...BOT_TOOLS);
    world.brain.next = ASKS_FOR_CALL;
    const made = await says('Call me, or the return form');
    expect(made.handoff).toMatchObject({ paths: ['follow_up'], forms: [] });
    expect(made.judged).not.toHaveProperty('tool');
  });
});
