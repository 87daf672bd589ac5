import type { Page } from 'playwright/test';
import postgres from 'postgres';
import { DEFAULT_TEAM_ROUTING, type TeamRouting } from '@/lib/domain/routing-settings';
import { faultsOf } from './fixtures/axe';
import { test as base, expect, ownWords, PEOPLE } from './fixtures/people';
import { openSession } from './fixtures/session';
import { type World, withFreshWorld } from './world';

/** Long enough for a browser to answer, short enough to be let ring out. */
const RING_MS = 6000;

/** A world of its own, in which nothing of the demo's line is pushed: only what these tests bring. */
const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    ({}, use) =>
      withFreshWorld(async (world) => {
        await write(world, (sql) => sql`update handoffs set routing = null`);
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function write<T>(world: World, statement: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  return statement(sql).finally(() => sql.end({ timeout: 5 }));
}

/** What every team does from now on, as an admin sets it. */
async function route(world: World, terms: Partial<TeamRouting>): Promise<void> {
  const { name, value } = await openSession(world, PEOPLE.jonas.email);
  const url = `${world.baseUrl}/api/settings/routing`;
  const headers = { cookie: `${name}=${value}`, 'content-type': 'application/json' };
  const held: { data: { teamId: string; routing: TeamRouting }[] } = await (
    await fetch(url, { headers })
  ).json();
  for (const { teamId, routing } of held.data) {
    const { version: _, ...shipped } = DEFAULT_TEAM_ROUTING;
    const body = JSON.stringify({ teamId, ...shipped, ...terms, version: routing.version });
    const answer = await fetch(url, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`The routing was refused: ${await answer.text()}`);
  }
}

const ring = (page: Page) => page.getByRole('alertdialog', { name: /^Incoming handoff/ });
const me = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, menu`) });

async function expectNoFaults(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faultsOf(page, `${state}, ${colorScheme}`)).toEqual([]);
  }
}

test('a ring that nobody answers moves on, and whoever takes it is introduced', async ({
  agent,
  customer,
  world,
}) => {
  await route(world, { mode: 'round_robin', ringMs: RING_MS });
  const [sam, maya] = [await agent('sam'), await agent('maya')];
  await sam.openView('mine');
  await maya.openView('mine');
  const visitor = await customer();
  const words = ownWords('The pole broke in the wind');
  await visitor.queueWith(words);

  await expect.poll(async () => (await ring(sam.page).count()) + (await ring(maya.page).count())).toBe(1);
  const samIsFirst = (await ring(sam.page).count()) === 1;
  const [first, second] = samIsFirst ? [sam, maya] : [maya, sam];
  const firstName = samIsFirst ? PEOPLE.sam.name : PEOPLE.maya.name;
  await expect(ring(first.page).getByText('For you, then for')).toBeVisible();
  await expect(ring(first.page).getByText('Your turn')).toBeVisible();

  // Nobody answers: it goes on, and whoever did not is away and told so.
  await expect(ring(second.page)).toBeVisible({ timeout: RING_MS + 10_000 });
  await expect(ring(first.page)).toHaveCount(0);
  await expect(first.toasts.getByText(/^You did not answer .*, so you are Away\.$/)).toBeVisible();
  await expect(me(first.page, firstName)).toHaveAccessibleName(/Away/);

  await second.page.keyboard.press('Alt+a');
  await expect(second.withYou).toBeVisible();
  await expect(ring(second.page)).toHaveCount(0);
  await expect(visitor.chat.getByText(/^Meet|meet /).first()).toBeVisible();
  await second.reply('I have read it all.');
  await expect(visitor.bubble('I have read it all.')).toBeVisible();

  await first.toasts.getByRole('button', { name: 'I am back' }).click();
  await expect(me(first.page, firstName)).toHaveAccessibleName(/Available/);
});

test('declining passes it on, and those who lead see why it rang where it rang', async ({
  agent,
  customer,
  world,
}) => {
  await route(world, { mode: 'first_available', ringMs: 60_000 });
  const [sam, maya, jonas] = [await agent('sam'), await agent('maya'), await agent('jonas')];
  await sam.openView('mine');
  await maya.openView('mine');
  const visitor = await customer();
  const words = ownWords('The zip is stuck');
  await visitor.queueWith(words);
  await expect.poll(async () => (await ring(sam.page).count()) + (await ring(maya.page).count())).toBe(1);
  const [first, second] = (await ring(sam.page).count()) === 1 ? [sam, maya] : [maya, sam];
  await expectNoFaults(first.page, 'a ring');
  await ring(first.page).getByRole('button', { name: 'Decline' }).click();
  await expect(ring(first.page)).toHaveCount(0);
  await expect(ring(second.page)).toBeVisible();
  await ring(second.page).getByRole('button', { name: 'Accept' }).click();
  await expect(second.withYou).toBeVisible();
  const conversationId = second.page.url().split('/').at(-1) ?? '';

  await jonas.openView('team', conversationId);
  const why = jonas.context.locator('section').filter({ hasText: 'Why this agent' });
  await expect(why.getByText(/^First free in /)).toBeVisible();
  await expect(why.getByText('Chosen')).toBeVisible();
  await expect(why.getByText(/1 declined it/)).toBeVisible();
  await why.getByRole('combobox', { name: 'Which ring' }).selectOption('1');
  await expect(why.locator('.candidates li')).toHaveCount(2);
  await expectNoFaults(jonas.page, 'why this agent');
});

test('an admin sets how a team routes, with whom it would reach', async ({ agent, world }) => {
  await route(world, {});
  const jonas = await agent('jonas');
  const sam = await agent('sam');
  await sam.openView('mine');
  await jonas.page.goto('/settings/routing');
  await jonas.page.locator('.set-team:visible').getByText('By skill', { exact: true }).click();
  await jonas.page.getByRole('button', { name: 'Add a skill' }).click();
  await jonas.page.getByRole('textbox', { name: 'Skill' }).fill('Repairs');
  await jonas.page.getByRole('combobox', { name: 'Level of Repairs' }).selectOption('2');
  await jonas.page.getByRole('combobox', { name: 'Add a team' }).selectOption({ index: 1 });
  await expect(jonas.page.getByText(/could be rung now\. 0 of/)).toBeVisible();
  await expectNoFaults(jonas.page, 'routing');
  await jonas.page.getByRole('button', { name: 'Save' }).click();
  await expect(jonas.page.getByText('Saved. It holds from now on.')).toBeVisible();

  await jonas.page.goto('/people');
  const skills = jonas.page.getByRole('textbox', { name: 'Skills, Sam Keller' });
  await skills.fill('Repairs 9');
  await skills.press('Enter');
  await expect(jonas.page.getByText('Not saved: “Repairs 9” has no level from 1 to 3.')).toBeVisible();
  await skills.fill('Repairs 2');
  await skills.press('Enter');
  await expect(jonas.page.getByRole('row', { name: /Sam Keller/ }).getByText('Saved')).toBeVisible();
  await jonas.page.goto('/settings/routing');
  await expect(jonas.page.getByRole('radio', { name: 'By skill' })).toBeChecked();
  await expect(jonas.page.getByText('1 of', { exact: false }).first()).toBeVisible();
  await route(world, {});
});
