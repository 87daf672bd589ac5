import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { STARTER_RULES } from '@/lib/domain/rules';
import { answerTurn } from '../bot/answer';
import { accept } from '../handoff/accept';
import { decline } from '../handoff/decline';
import { sendAsVisitor } from '../message/send-as-visitor';
import { changeRules } from '../rules/change-rules';
import { dryRunRules } from '../rules/dry-run';
import { expectRefused, handoffOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { conversationOf } from '../visitor/conversation-of';
import { visitorSnapshot } from '../visitor/open-session';
import { mayApproach, readApproaches } from './read';
import { takeUpApproach } from './take-up';

let world: TestWorld;
let admin: AgentActor;
let key = '';
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
  key = world.ctx.directory.widgets()[0]?.key ?? '';
});
afterAll(() => world.close());

const here = { page: 'https://shop.example/plans/team?card=4111', visit: { pages: 3, ms: 60_000 } };

async function taken(ruleId = 'approach', at: object = here) {
  const visitor = await world.visitor();
  await takeUpApproach(world.ctx, visitor, { ruleId, ...at });
  const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
  const { events, handoff } = await visitorSnapshot(world.ctx, conversationId);
  return { visitor: { ...visitor, conversationId }, conversationId, events, handoff };
}

describe('an approach', () => {
  it('is known to the browser of any site that shows the widget, and to be had where its rule holds', async () => {
    expect(readApproaches(world.ctx, key)?.approaches).toHaveLength(1);
    expect(readApproaches(world.ctx, 'nobody')).toBeNull();
    const asked = { key, said: 0, ...here };
    expect(await mayApproach(world.ctx, null, asked)).toEqual({
      ruleId: 'approach',
      text: 'Looking at plans for a team? A consultant can help.',
    });
    expect(await mayApproach(world.ctx, null, { ...asked, visit: { pages: 2, ms: 60_000 } })).toBeNull();
    expect(await mayApproach(world.ctx, null, { ...asked, page: 'https://shop.example/' })).toBeNull();
    await expectRefused(world, 'forbidden', () => mayApproach(world.ctx, 'https://elsewhere.example', asked));
    await expectRefused(world, 'not_found', () => mayApproach(world.ctx, null, { ...asked, key: 'nobody' }));
  });

  it('that is taken up stands as an opportunity without a word of the customer, with what was measured', async () => {
    const { handoff, conversationId, visitor, events } = await taken();
    expect(handoff).toMatchObject({ state: 'offered', reason: 'opportunity' });
    expect(events.flatMap((event) => (event.kind === 'message' ? [event.message] : []))).toMatchObject([
      { author: 'bot', body: 'Looking at plans for a team? A consultant can help.' },
    ]);
    expect(JSON.stringify(events)).not.toContain('shop.example');
    const offered = (await logOf(world, conversationId)).find(({ kind }) => kind === 'handoff.offered');
    expect(offered?.payload).toMatchObject({
      by: 'bot',
      rules: ['approach'],
      signals: [
        { name: 'pages', value: 3, threshold: 3, fired: true },
        { name: 'time', value: 60, threshold: 60, fired: true },
      ],
    });
    const [kept] = await world.ctx.db.query<{ page: string; visit: object }>(
      'select page, visit from messages where conversation_id = $1::uuid',
      [conversationId],
    );
    expect(kept).toEqual({ page: 'https://shop.example/plans/team', visit: here.visit });
    const handoffId = handoff?.id ?? '';
    await accept(world.ctx, visitor, { handoffId, details: 'later' });
    expect(await handoffOf(world, handoffId)).toMatchObject({ state: 'pending' });
    const [card] = await world.ctx.db.query<{ context: object }>(
      'select context from handoffs where id = $1::uuid',
      [handoffId],
    );
    expect(card?.context).toMatchObject({ signals: [{ name: 'pages' }, { name: 'time' }] });
  });

  it('changes nothing where something is offered, awaited or under way, and comes again after a no', async () => {
    const { visitor, conversationId, handoff } = await taken();
    const before = (await logOf(world, conversationId)).length;
    await takeUpApproach(world.ctx, visitor, { ruleId: 'approach', ...here });
    expect((await logOf(world, conversationId)).length).toBe(before);
    await decline(world.ctx, visitor, { handoffId: handoff?.id ?? '' });
    await takeUpApproach(world.ctx, visitor, { ruleId: 'approach', ...here });
    expect((await visitorSnapshot(world.ctx, conversationId)).handoff).toMatchObject({
      state: 'offered',
      reason: 'opportunity',
    });
  });

  it('is a plain request where the rule is gone or no longer holds', async () => {
    expect((await taken('quagga')).handoff).toMatchObject({ reason: 'requested_by_customer' });
    expect((await taken('approach', {})).handoff).toMatchObject({ reason: 'requested_by_customer' });
  });

  it('goes on in the conversation that the visitor has', async () => {
    const visitor = await world.visitor();
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'Hello' });
    const conversationId = await conversationOf(world.ctx, visitor);
    await takeUpApproach(world.ctx, visitor, { ruleId: 'approach', ...here });
    expect(await conversationOf(world.ctx, visitor)).toBe(conversationId);
    expect((await visitorSnapshot(world.ctx, conversationId ?? '')).handoff?.reason).toBe('opportunity');
  });

  it('is none of the turns of a talk: its rule offers, routes and labels nothing there', async () => {
    const { version } = world.ctx.settings.rules();
    const [approach] = STARTER_RULES.filter(({ id }) => id === 'approach');
    const act = [...(approach?.act ?? []), { do: 'path', path: 'callback' }, { do: 'label', label: 'Plans' }];
    await changeRules(world.ctx, admin, { version, rules: structuredClone([{ ...approach, act }]) as never });
    const visitor = await world.visitor();
    const clientId = world.nextClientId();
    await sendAsVisitor(world.ctx, visitor, { clientId, body: 'What is in them?', ...here });
    const conversationId = (await conversationOf(world.ctx, visitor)) ?? '';
    await answerTurn(world.ctx, conversationId);
    expect((await visitorSnapshot(world.ctx, conversationId)).handoff).toBeNull();
    const log = await logOf(world, conversationId);
    expect(log.filter(({ kind }) => kind === 'conversation.labelled')).toEqual([]);
    const { rules } = world.ctx.settings.rules();
    const { list } = await dryRunRules(world.ctx, admin, { rules: structuredClone(rules) as never });
    expect(list.filter((change) => change.conversationId === conversationId)).toEqual([]);
  });

  it('goes by no words, and by the first rule that holds', async () => {
    const save = (rules: unknown) =>
      changeRules(world.ctx, admin, {
        version: world.ctx.settings.rules().version,
        rules: structuredClone(rules) as never,
      });
    const [approach] = STARTER_RULES.filter(({ id }) => id === 'approach');
    const words = { if: 'text', has: ['price'] };
    await expect(save([{ ...approach, when: [words] }])).rejects.toThrow('has said nothing');
    await save([{ ...approach, enabled: false }]);
    expect(readApproaches(world.ctx, key)?.approaches).toEqual([]);
    expect(await mayApproach(world.ctx, null, { key, said: 0, ...here })).toBeNull();
    const rich = { ...approach, id: 'rich', when: [{ if: 'lifetimeValue', from: 5000 }] };
    await save([
      rich,
      {
        ...approach,
        act: [
          { do: 'approach', text: 'Plans?' },
          { do: 'team', team: 'Orders' },
        ],
      },
    ]);
    expect(await mayApproach(world.ctx, null, { key, said: 0, ...here, identity: 'forged' })).toEqual({
      ruleId: 'approach',
      text: 'Plans?',
    });
    const { handoff, visitor } = await taken();
    await accept(world.ctx, visitor, { handoffId: handoff?.id ?? '', details: 'later' });
    expect(await handoffOf(world, handoff?.id ?? '')).toMatchObject({ team_id: world.teams.orders });
  });
});
