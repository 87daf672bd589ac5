import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { type Rule, STARTER_RULES } from '@/lib/domain/rules';
import type { Signal } from '@/lib/domain/signal';
import { answerTurn } from '../bot/answer';
import { accept } from '../handoff/accept';
import { decline } from '../handoff/decline';
import { sendAsVisitor } from '../message/send-as-visitor';
import { followNotices } from '../notices';
import { openContext } from '../open-context';
import { expectNoChange, expectRefused, handoffOf, logOf } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { readLiveView } from '../view/read';
import { conversationOf } from '../visitor/conversation-of';
import { visitorSnapshot } from '../visitor/open-session';
import { changeRules } from './change-rules';
import { dryRunRules } from './dry-run';
import { readRuleFile } from './read-file';

let world: TestWorld;
let admin: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
});
afterAll(() => world.close());
afterEach(() => {
  world.brain.next = {};
});

const rule = (part: Partial<Rule>): Rule => ({
  id: 'pole',
  name: 'Poles',
  enabled: true,
  when: [{ if: 'text', has: ['pole'] }],
  act: [{ do: 'escalate' }],
  ...part,
});
const set = (...rules: Rule[]) =>
  changeRules(world.ctx, admin, {
    version: world.ctx.settings.rules().version,
    rules: structuredClone(rules) as never,
  });
const fired = (name: Signal['name']): Signal => ({
  name,
  value: 1,
  threshold: null,
  fired: true,
  evidence: [],
});

async function says(body: string) {
  const who = await world.visitor();
  await sendAsVisitor(world.ctx, who, { clientId: world.nextClientId(), body });
  const conversationId = (await conversationOf(world.ctx, who)) ?? '';
  await answerTurn(world.ctx, conversationId);
  const { events, handoff } = await visitorSnapshot(world.ctx, conversationId);
  const said = events.flatMap((event) => (event.kind === 'message' ? [event.message] : [])).at(-1);
  return { visitor: { ...who, conversationId }, conversationId, handoff, handoffId: handoff?.id ?? '', said };
}

describe('the rules of the desk', () => {
  it('are the starter rules to begin with; where there are none, nothing is otherwise', async () => {
    expect(world.ctx.settings.rules()).toEqual({ version: 1, rules: STARTER_RULES });
    const manager = await says('Get me your manager');
    expect(manager.handoff).toMatchObject({ state: 'offered', reason: 'rule' });
    await set();
    const { handoff, conversationId } = await says('My pole broke');
    expect(handoff).toBeNull();
    expect(
      (await logOf(world, conversationId)).find(({ kind }) => kind === 'turn.judged')?.payload,
    ).not.toHaveProperty('rules');
  });

  it('offer a person instead of an answer or beside it, whatever the brain would say', async () => {
    world.brain.next = {
      reply: { text: 'Sixty days.', sources: [{ articleId: 'a', title: 'A', updatedAt: 0 }] },
    };
    await set(rule({}));
    const instead = await says('My POLE, again.');
    expect(instead.handoff).toMatchObject({ state: 'offered', reason: 'rule' });
    expect(instead.said).toMatchObject({ author: 'bot', sources: [] });
    expect(instead.said?.body).toMatch(/^This is one for a person/);
    await set(rule({ act: [{ do: 'offer' }] }));
    const beside = await says('My pole, again.');
    expect(beside.handoff).toMatchObject({ reason: 'rule' });
    expect(beside.said?.body).toMatch(/^Sixty days\.\n\nIf you would rather/);
    expect((await says('My tent')).handoff).toBeNull();
    await set(rule({ enabled: false }));
    expect((await says('My pole')).handoff).toBeNull();
  });

  it('leave what the brain offers a person for as it is', async () => {
    await set(rule({}));
    world.brain.next = {
      offer: { reason: 'sensitive_topic' },
      reply: { text: 'That is legal.', sources: [] },
    };
    const { handoff, said } = await says('My pole and my lawyer');
    expect(handoff).toMatchObject({ reason: 'sensitive_topic' });
    expect(said?.body).toBe('That is legal.');
  });

  it('route and set the priority of what enters the queue, but lower no security matter', async () => {
    await set(
      rule({ act: [{ do: 'escalate' }, { do: 'team', team: 'Orders' }, { do: 'priority', priority: 4 }] }),
    );
    const made = await says('My pole');
    await accept(world.ctx, made.visitor, { handoffId: made.handoffId, details: 'later' });
    expect(await handoffOf(world, made.handoffId)).toMatchObject({
      team_id: world.teams.orders,
      priority: 4,
    });
    world.brain.next = { signals: [fired('security')], offer: { reason: 'sensitive_topic' } };
    const stolen = await says('My pole was stolen with my account');
    await accept(world.ctx, stolen.visitor, { handoffId: stolen.handoffId, details: 'later' });
    expect(await handoffOf(world, stolen.handoffId)).toMatchObject({
      team_id: world.teams.orders,
      priority: 1,
    });
  });

  it('go by the page, as the browser says it, and keep neither its query nor its fragment', async () => {
    await set(rule({ when: [{ if: 'page', how: 'starts', is: ['/plans'] }] }));
    const from = async (page: string | undefined) => {
      const who = await world.visitor();
      const words = { clientId: world.nextClientId(), body: 'Hello', ...(page ? { page } : {}) };
      await sendAsVisitor(world.ctx, who, words);
      const conversationId = (await conversationOf(world.ctx, who)) ?? '';
      await answerTurn(world.ctx, conversationId);
      const [{ page: kept } = { page: null }] = await world.ctx.db.query<{ page: string | null }>(
        `select page from messages where conversation_id = $1::uuid and author = 'visitor'`,
        [conversationId],
      );
      const { handoff, events } = await visitorSnapshot(world.ctx, conversationId);
      expect(JSON.stringify(events)).not.toContain('shop.example');
      return { kept, offered: handoff !== null };
    };
    expect(await from('https://shop.example/plans/team?card=4111#x')).toEqual({
      kept: 'https://shop.example/plans/team',
      offered: true,
    });
    expect(await from('https://shop.example/?to=/plans')).toMatchObject({ offered: false });
    expect(await from('javascript:alert(1)')).toEqual({ kept: null, offered: false });
    expect(await from(undefined)).toEqual({ kept: null, offered: false });
  });

  it('label a talk and tell a team of it, each once in a stretch with the bot', async () => {
    const tells = { do: 'notify', team: 'Orders' } as const;
    await set(rule({ act: [{ do: 'label', label: 'Camp' }, tells] }));
    const { visitor, conversationId, handoff } = await says('My pole');
    expect(handoff).toBeNull();
    const again = async () => {
      await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'The pole, I said' });
      await answerTurn(world.ctx, conversationId);
    };
    await again();
    const told = async () =>
      (await logOf(world, conversationId))
        .filter(({ kind }) => kind === 'conversation.labelled' || kind === 'team.notified')
        .map(({ payload }) => payload);
    const once = [
      { added: ['Camp'], removed: [] },
      { teamId: world.teams.orders, ruleId: 'pole' },
    ];
    expect(await told()).toEqual(once);
    const { rows } = await readLiveView(world.ctx, 'live');
    expect(rows.find((row) => row.conversationId === conversationId)?.labels).toEqual(['Camp']);
    await set(rule({ act: [{ do: 'label', label: 'Tents' }] }), rule({ id: 'more', act: [tells] }));
    await again();
    expect(await told()).toEqual([
      ...once,
      { added: ['Tents'], removed: [] },
      { teamId: world.teams.orders, ruleId: 'more' },
    ]);
  });

  it('suggest a consultant as an opportunity: once in a talk, and never where something is offered', async () => {
    const suggests = rule({ when: [{ if: 'engagement', from: 0.8 }], act: [{ do: 'suggest' }] });
    await set(suggests);
    const who = await world.visitor();
    const say = async (body: string, visit?: { pages: number; ms: number }) => {
      await sendAsVisitor(world.ctx, who, {
        clientId: world.nextClientId(),
        body,
        ...(visit ? { visit } : {}),
      });
      const conversationId = (await conversationOf(world.ctx, who)) ?? '';
      await answerTurn(world.ctx, conversationId);
      return (await visitorSnapshot(world.ctx, conversationId)).handoff;
    };
    expect(await say('What is the price?')).toBeNull();
    expect(await say('And for forty?', { pages: 3, ms: 60_000 })).toBeNull();
    const handoff = await say('And for fifty?', { pages: 9, ms: 600_000 });
    expect(handoff).toMatchObject({ state: 'offered', reason: 'opportunity' });
    await decline(world.ctx, who, { handoffId: handoff?.id ?? '' });
    expect(await say('And for sixty?', { pages: 9, ms: 700_000 })).toBeNull();
    world.brain.next = { offer: { reason: 'frustration' } };
    expect(await say('Well?', { pages: 9, ms: 800_000 })).toMatchObject({ reason: 'frustration' });
    const run = await dryRunRules(world.ctx, admin, { rules: [suggests] as never });
    expect(run.list.map(({ changes }) => changes)).not.toContainEqual([
      'A consultant would have been suggested',
    ]);
  });

  it('narrow an offer to one path where it can be served, and never what the customer asks for', async () => {
    await set(rule({ act: [{ do: 'path', path: 'callback' }] }));
    expect((await says('My pole')).handoff).toMatchObject({ reason: 'rule', paths: ['callback'] });
    world.brain.next = { offer: { reason: 'requested_by_customer' } };
    expect((await says('My pole, and a person')).handoff?.paths).toContain('live');
    world.brain.next = {};
    await set(rule({ act: [{ do: 'path', path: 'form' }] }));
    expect((await says('My pole')).handoff?.paths).toEqual(['live', 'follow_up', 'callback']);
    const there = 'update users set connected_until = $2::timestamptz where id = $1::uuid';
    await world.ctx.db.query(there, [world.ben.id, new Date(world.clock.now + 60_000)]);
    await set(rule({ act: [{ do: 'path', path: 'follow_up' }] }));
    expect((await says('My pole')).handoff?.paths).toEqual(['follow_up']);
  });

  it('are run dry over what was said: nothing is written, and what would be otherwise is listed', async () => {
    await set();
    const { conversationId } = await says('A gargoyle fell on it');
    const rules = [
      rule({ id: 'g', name: 'Gargoyles', when: [{ if: 'text', has: ['gargoyle'] }] }),
      rule({
        name: 'Poles to Returns',
        act: [{ do: 'escalate' }, { do: 'team', team: 'Returns' }, { do: 'priority', priority: 2 }],
      }),
    ];
    const run = await expectNoChange(world, () => dryRunRules(world.ctx, admin, { rules: rules as never }));
    expect(run.list.find((change) => change.conversationId === conversationId)).toMatchObject({
      text: 'A gargoyle fell on it',
      rules: ['Gargoyles'],
      changes: ['A person would have been offered'],
    });
    expect(run.list.map(({ changes }) => changes)).toContainEqual([
      'Returns instead of Orders',
      'P2 instead of P4',
    ]);
    expect(run.changed).toBe(run.list.length);
  });

  it('are run dry for what would no longer be, too: an offer, its paths, a label, a team that is told', async () => {
    await set(rule({}));
    const { visitor, conversationId } = await says('My pole is in three pieces');
    const changesBy = async (...rules: Rule[]) => {
      const { list } = await dryRunRules(world.ctx, admin, { rules: structuredClone(rules) as never });
      return list.find((change) => change.conversationId === conversationId)?.changes ?? [];
    };
    expect(await changesBy(rule({}))).toEqual([]);
    expect(await changesBy()).toEqual(['No person would have been offered']);
    expect(await changesBy(rule({ act: [{ do: 'path', path: 'follow_up' }] }))).toEqual([
      'An answer by e-mail alone',
    ]);
    const more = rule({
      id: 'more',
      act: [
        { do: 'label', label: 'Poles' },
        { do: 'notify', team: 'Returns' },
      ],
    });
    expect(await changesBy(rule({}), more)).toEqual(['Labelled Poles', 'Returns told']);
    const late = rule({ when: [{ if: 'text', has: ['and the peg'] }] });
    await sendAsVisitor(world.ctx, visitor, { clientId: world.nextClientId(), body: 'And the peg' });
    await answerTurn(world.ctx, conversationId);
    expect(await changesBy(late)).toEqual(['A person would have been offered later']);
    await set();
  });

  it('are changed by admins, over the version that was seen', async () => {
    const supervisor = await world.agent('Zoe', 'supervisor');
    const { version } = world.ctx.settings.rules();
    const input = { version, rules: [] };
    await expectRefused(world, 'forbidden', () => changeRules(world.ctx, supervisor, input));
    await expectRefused(world, 'forbidden', () => dryRunRules(world.ctx, supervisor, { rules: [] }));
    await set(rule({}));
    await expectRefused(world, 'conflict', () => changeRules(world.ctx, admin, input));
  });

  it('are held to by every server', async () => {
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
      await set(...STARTER_RULES);
      await vi.waitFor(() => expect(other.settings.rules().rules).toEqual(STARTER_RULES));
    } finally {
      await other.close();
    }
  });

  it.each([
    [{ rules: [{ ...rule({}), mood: 1 }] }],
    [{ rules: [rule({ when: [] })] }],
    [{ rules: [rule({ act: [] })] }],
    [{ rules: [rule({ act: [{ do: 'offer' }, { do: 'escalate' }] })] }],
    [{ rules: [rule({ when: [{ if: 'text', has: [] }] })] }],
    [{ rules: [rule({ when: [{ if: 'weather' } as never] })] }],
    [{ rules: [rule({}), rule({})] }],
    [{ rules: [rule({ act: [{ do: 'team', team: 'Nobody' }] })] }],
    [{ rules: [rule({ act: [{ do: 'notify', team: 'Nobody' }] })] }],
    [{ rules: [rule({ act: [{ do: 'label', label: ' ' }] })] }],
    [{ rules: [rule({ act: [{ do: 'path', path: 'takeover' as never }] })] }],
    [{ rules: [rule({ when: [{ if: 'page', how: 'matches', is: [] }] })] }],
    [{ rules: [rule({ when: [{ if: 'lifetimeValue', from: -1 }] })] }],
    [{ rule: [] }],
    [[]],
  ])('cannot be %j', async (file) => {
    await expectRefused(world, 'invalid', async () => readRuleFile(world.ctx, admin, file as never));
  });
});
