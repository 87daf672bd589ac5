import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AgentActor } from '@/lib/domain/actor';
import { claim } from '../handoff/claim';
import { release } from '../handoff/release';
import { expectNoChange, expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { inviteUser, makeSetupLink } from '../user/invite';
import { join } from '../user/join';
import { allowSite } from '../widget/allow-site';
import { noteSite } from '../widget/note-site';
import { dismissFirstSteps } from './dismiss';
import { readFirstSteps } from './read';

let world: TestWorld;
let admin: AgentActor;
const SITE = 'https://shop.example';
const MINUTE = 60_000;

/** A desk with a history, and the first admin who has just come in by the link. */
beforeEach(async () => {
  world = await openTestWorld();
  await world.conversation('bot');
  await world.conversation('active');
  world.clock.now += MINUTE;
  const link = await makeSetupLink(world.ctx);
  const { userId } = await join(world.ctx, {
    token: new URL(link?.url ?? '').searchParams.get('token') ?? '',
    name: 'Ada',
    email: 'ada@larkfell.example',
    password: 'larks over the fell',
  });
  const known = await world.ctx.directory.findAgent(userId);
  if (!known) throw new Error('Nobody joined');
  admin = { kind: 'agent', ...known };
  world.clock.now += MINUTE;
});
afterEach(() => world.close());

const done = async (who = admin) =>
  (await readFirstSteps(world.ctx, who)).steps.filter((step) => step.done).map(({ step }) => step);
const invite = () =>
  inviteUser(world.ctx, admin, { email: 'new@larkfell.example', role: 'admin', teamIds: [] });

describe('the first steps', () => {
  it('are not done by what stood there before the set-up', async () => {
    expect(await readFirstSteps(world.ctx, admin)).toEqual({
      dismissed: false,
      steps: ['chat', 'claim', 'site', 'invite'].map((step) => ({ step, done: false })),
      widget: {
        snippet: '<script async src="http://127.0.0.1:3000/built/baton.js" data-widget="shop"></script>',
        sites: [],
        seenOn: null,
      },
    });
  });
  it('are not done either while nobody has come in by a link', async () => {
    await world.ctx.db.query('update invitations set used_at = null');
    await world.conversation('active');
    expect(await done()).toEqual([]);
  });
  it('are done one by one, each by what it asks for', async () => {
    const { conversationId, handoffId } = await world.conversation('pending');
    expect(await done()).toEqual(['chat']);
    await claim(world.ctx, world.ana, { conversationId, handoffId });
    expect(await done()).toEqual(['chat', 'claim']);
    await allowSite(world.ctx, admin, { site: SITE, allowed: true });
    expect(await done()).toEqual(['chat', 'claim']);
    await noteSite(world.ctx, world.widgetId, SITE);
    expect(await done()).toEqual(['chat', 'claim', 'site']);
    await invite();
    expect(await done()).toEqual(['chat', 'claim', 'site', 'invite']);
  });
  it('stay done when what was done is undone', async () => {
    const { conversationId, handoffId } = await world.conversation('pending');
    const { ownerEpoch } = await claim(world.ctx, world.ana, { conversationId, handoffId });
    await release(world.ctx, world.ana, { conversationId, ownerEpoch });
    await allowSite(world.ctx, admin, { site: SITE, allowed: true });
    await noteSite(world.ctx, world.widgetId, SITE);
    await allowSite(world.ctx, admin, { site: SITE, allowed: false });
    expect(await done()).toEqual(['chat', 'claim', 'site']);
  });
  it('are the installation’s, also for an admin who joins later', async () => {
    await world.conversation('active');
    const later = await world.agent('Bea', 'admin');
    expect(await done(later)).toEqual(['chat', 'claim']);
  });
  it('are for admins alone', async () => {
    const supervisor = await world.agent('Sue', 'supervisor');
    for (const actor of [world.ana, supervisor]) {
      await expectRefused(world, 'forbidden', () => readFirstSteps(world.ctx, actor));
      await expectRefused(world, 'forbidden', () => dismissFirstSteps(world.ctx, actor, { dismissed: true }));
      await expectRefused(world, 'forbidden', () =>
        allowSite(world.ctx, actor, { site: SITE, allowed: true }),
      );
    }
  });
});

describe('putting them away', () => {
  const isDismissed = async (who: AgentActor) => (await readFirstSteps(world.ctx, who)).dismissed;

  it('holds for one admin, can be taken back, and twice is as once', async () => {
    const other = await world.agent('Bea', 'admin');
    await dismissFirstSteps(world.ctx, admin, { dismissed: true });
    expect([await isDismissed(admin), await isDismissed(other)]).toEqual([true, false]);
    world.clock.now += MINUTE;
    await expectNoChange(world, () => dismissFirstSteps(world.ctx, admin, { dismissed: true }));
    await dismissFirstSteps(world.ctx, admin, { dismissed: false });
    expect(await isDismissed(admin)).toBe(false);
    await expectNoChange(world, () => dismissFirstSteps(world.ctx, admin, { dismissed: false }));
  });
  it.each([{}, { dismissed: 'yes' }, { dismissed: true, userId: 'x' }, null])('refuses %j', async (input) => {
    await expectRefused(world, 'invalid', () => dismissFirstSteps(world.ctx, admin, input as never));
  });
});

describe('a site that may show the widget', () => {
  const changes = () =>
    world.ctx.db.query(
      `select kind, actor->>'name' as by, payload->>'origin' as origin from stream_events where kind like 'widget.site%' order by seq`,
    );

  it('is allowed and removed by its address, each told once in the log of settings', async () => {
    expect(await allowSite(world.ctx, admin, { site: 'Shop.example/tents', allowed: true })).toEqual({
      sites: [SITE],
    });
    await expectNoChange(world, () => allowSite(world.ctx, admin, { site: SITE, allowed: true }));
    expect((await readFirstSteps(world.ctx, admin)).widget?.sites).toEqual([SITE]);
    expect(await allowSite(world.ctx, admin, { site: SITE, allowed: false })).toEqual({ sites: [] });
    await expectNoChange(world, () => allowSite(world.ctx, admin, { site: SITE, allowed: false }));
    expect(await changes()).toEqual([
      { kind: 'widget.siteAllowed', by: 'Ada', origin: SITE },
      { kind: 'widget.siteRemoved', by: 'Ada', origin: SITE },
    ]);
  });
  it('is written once when two admins allow it at the same time', async () => {
    const other = await world.agent('Bea', 'admin');
    const answers = await Promise.all(
      [admin, other].map((who) => allowSite(world.ctx, who, { site: SITE, allowed: true })),
    );
    expect(answers).toEqual([{ sites: [SITE] }, { sites: [SITE] }]);
    expect(await changes()).toHaveLength(1);
  });
  it.each([
    ['no address', { site: '*', allowed: true }],
    ['the desk itself', { site: 'http://127.0.0.1:3000/shop', allowed: true }],
    ['nothing', { site: '', allowed: true }],
    ['more than was asked', { site: SITE, allowed: true, widgetId: 'x' }],
    ['no decision', { site: SITE }],
  ])('is refused for %s', async (_, input) => {
    await expectRefused(world, 'invalid', () => allowSite(world.ctx, admin, input as never));
  });
});

describe('where the widget was seen first', () => {
  it('is an allowed site other than our own, and the first one stays', async () => {
    for (const origin of [SITE, 'http://127.0.0.1:3000', 'null', '']) {
      await expectNoChange(world, () => noteSite(world.ctx, world.widgetId, origin));
    }
    for (const site of [SITE, 'https://second.example'])
      await allowSite(world.ctx, admin, { site, allowed: true });
    await Promise.all([SITE, SITE].map((site) => noteSite(world.ctx, world.widgetId, site)));
    await expectNoChange(world, () => noteSite(world.ctx, world.widgetId, 'https://second.example'));
    expect((await readFirstSteps(world.ctx, admin)).widget?.seenOn).toBe(SITE);
  });
});
