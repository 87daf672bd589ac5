import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import postgres from 'postgres';
import { presenceTimes } from '@/lib/domain/presence';
import { DEFAULT_QUEUE_SETTINGS } from '@/lib/domain/queue-settings';
import { test as base, expect, ownWords, PEOPLE, type Person } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** Short, so that nobody waits for what takes a minute otherwise. */
const GRACE_MS = 1500;
const { leaseMs: LEASE_MS } = presenceTimes(GRACE_MS);
const QUEUE = { ...DEFAULT_QUEUE_SETTINGS, graceMs: GRACE_MS };

/** A world of its own, in which whoever is gone is soon known to be. */
const test = base.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    ({}, use) =>
      withFreshWorld(async (world) => {
        await write(
          world,
          (sql) =>
            sql`insert into settings (key, value, updated_at) values ('queue', ${sql.json(QUEUE)}, now())`,
        );
        await world.restart();
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function write(world: World, statement: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  await statement(sql).finally(() => sql.end({ timeout: 5 }));
}

/** Room for so many more than somebody has, so that tests in one world do not crowd each other. */
const roomFor = (world: World, who: Person, more: number) =>
  write(
    world,
    (sql) => sql`update users set capacity = load + ${more}::int where email = ${PEOPLE[who].email}`,
  );

async function expectNoFaults(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target)}`)).toEqual([]);
  }
}

const me = (page: Page, who: Person) => page.getByRole('button', { name: `${PEOPLE[who].name}, menu` });

test('an agent whose tab dies is missed: the customer is told, and a colleague claims', async ({
  agent,
  customer,
  world,
}) => {
  await roomFor(world, 'sam', 1);
  await roomFor(world, 'maya', 1);
  const [sam, maya] = [await agent('sam'), await agent('maya')];
  await sam.openView('pending');
  await maya.openView('pending');
  const visitor = await customer();
  const words = ownWords('Is the zip under warranty');
  await visitor.queueWith(words);
  await sam.claim(words);
  await sam.reply('Let me look.');
  await expect(visitor.bubble('Let me look.')).toBeVisible();
  await expect(maya.row(words)).toHaveCount(0);

  await sam.page.context().close();

  await expect(
    visitor.chat.getByText(
      'Sam is no longer connected. You are back in line, and the time you waited counts.',
    ),
  ).toBeVisible();
  await expect(visitor.queue).toBeVisible();
  await expect(visitor.button(/in line$/)).toBeVisible();
  await expectNoFaults(visitor.page);
  await maya.openView('pending');
  const row = maya.row('Let me look.');
  await row.locator('.row-link').click();
  await expect(
    maya.conversation.getByText(/Sam Keller was no longer connected\. Back in line for/),
  ).toBeVisible();
  await maya.claim('Let me look.');
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Maya/ })).toBeVisible();
});

test('the status is chosen by keyboard and by mouse, and every tab knows', async ({ agent }) => {
  const priya = await agent('priya');
  await priya.openView('pending');
  const other = await priya.page.context().newPage();
  await other.goto('/inbox/mine');
  const keys = priya.page.keyboard;
  await expect(me(priya.page, 'priya')).toHaveAccessibleName(/Available, \d+ of \d+$/);

  await keys.press('g');
  await keys.press('s');
  const menu = priya.page.getByRole('menu');
  await expect(menu).toBeVisible();
  await expectNoFaults(priya.page);
  await expect(menu.getByRole('menuitemradio', { name: 'Available' })).toBeFocused();
  await keys.press('ArrowDown');
  await keys.press('Enter');
  await expect(menu).toBeHidden();
  for (const page of [priya.page, other]) await expect(me(page, 'priya')).toHaveAccessibleName(/Busy/);
  await expect(me(priya.page, 'priya')).toBeFocused();

  await me(other, 'priya').click();
  await other.getByRole('menuitemradio', { name: 'Away' }).click();
  for (const page of [priya.page, other]) await expect(me(page, 'priya')).toHaveAccessibleName(/Away/);
  await priya.page.reload();
  await expect(me(priya.page, 'priya')).toHaveAccessibleName(/Away/);
});

test('an agent whose tabs see no input is away, and back with the first move in any of them', async ({
  agent,
  world,
}) => {
  const idle = () =>
    write(
      world,
      (sql) => sql`with idle as (update users set active_at = now() - interval '1 hour'
        where email = ${PEOPLE.maya.email} returning id) select pg_notify('baton', 'agent:' || id) from idle`,
    );
  const maya = await agent('maya');
  // Tabs that nobody looks at as they open: only input in them counts.
  await maya.page.context().addInitScript(() => {
    document.hasFocus = () => false;
  });
  await maya.openView('pending');
  const other = await maya.page.context().newPage();
  await other.goto('/reports');
  const tabs = [maya.page, other];
  await idle();
  for (const tab of tabs) await expect(me(tab, 'maya')).toHaveAccessibleName(/Away/);
  await other.mouse.move(90, 90);
  for (const tab of tabs) await expect(me(tab, 'maya')).toHaveAccessibleName(/Available/);

  await me(other, 'maya').click();
  await other.getByRole('menuitemradio', { name: 'Busy' }).click();
  await other.mouse.move(120, 120);
  for (const tab of tabs) await expect(me(tab, 'maya')).toHaveAccessibleName(/Busy/);
  await me(other, 'maya').click();
  await other.getByRole('menuitemradio', { name: 'Available' }).click();
});

test('whoever reads a report or a setting is at their desk, and may say otherwise', async ({
  agent,
  customer,
  world,
}) => {
  await roomFor(world, 'maya', 1);
  const maya = await agent('maya');
  await maya.openView('pending');
  const visitor = await customer();
  const words = ownWords('Which tent for two');
  await visitor.queueWith(words);
  const id = await maya.claim(words);
  await maya.page.goto('/reports');
  await expect(maya.page.getByRole('heading', { level: 1 })).toBeVisible();
  const connected = () => connectedUntil(world, 'maya');
  const start = Date.now();
  // Beyond the instant at which the inbox's own connection would have been missed.
  await expect.poll(connected).toBeGreaterThan(start + LEASE_MS + GRACE_MS);
  await maya.page.goto('/settings/sla');
  const settled = Date.now();
  await expect.poll(connected).toBeGreaterThan(settled + LEASE_MS + GRACE_MS);
  await maya.page.goto('/reports');
  await me(maya.page, 'maya').click();
  await maya.page.getByRole('menuitemradio', { name: 'Busy' }).click();
  await expect(me(maya.page, 'maya')).toHaveAccessibleName(/Busy/);
  await maya.openView('mine', id);
  await expect(maya.withYou).toBeVisible();
  await expect(me(maya.page, 'maya')).toHaveAccessibleName(/Busy/);
  await me(maya.page, 'maya').click();
  await maya.page.getByRole('menuitemradio', { name: 'Available' }).click();
});

test('a full agent is told what to do, where the capacity is what an admin made it', async ({
  agent,
  customer,
  world,
}) => {
  const jonas = await agent('jonas');
  await jonas.page.goto('/people');
  const field = jonas.page.getByRole('spinbutton', { name: 'Conversations at a time, Inés Prado' });
  const line = jonas.page.getByRole('row', { name: /Inés Prado/ });
  const has = Number(await line.getByRole('cell').nth(2).textContent());
  await field.fill('0');
  await field.press('Enter');
  await expect(line).toContainText('Not saved: must be from 1 to 50');
  await expectNoFaults(jonas.page);
  await field.fill(String(has + 1));
  await field.press('Enter');
  await expect(line).toContainText('Saved');
  await jonas.page.reload();
  await expect(field).toHaveValue(String(has + 1));
  await jonas.page.goto('/audit?of=settings');
  await expect(jonas.page.getByText('user.capacityChanged').last()).toBeVisible();

  const ines = await agent('ines');
  await ines.openView('pending');
  const full = `${has + 1} of ${has + 1}`;
  const all = [];
  for (const said of ['Are the pegs steel', 'Does it come in green']) {
    const visitor = await customer();
    const words = ownWords(said);
    await visitor.queueWith(words);
    // Before the pointer comes: a list that is held lets nobody in.
    await expect(ines.row(words)).toBeVisible();
    all.push(words);
  }
  const [first = '', second = ''] = all;
  await ines.claim(first);
  await expect(me(ines.page, 'ines')).toHaveAccessibleName(new RegExp(full));
  const row = ines.row(second);
  await row.hover();
  await row.getByRole('button', { name: /^Claim/ }).click();
  await expect(ines.toasts).toContainText(
    'You have all the conversations you can take. End or transfer one first.',
  );
  await expect(ines.withYou).toBeHidden();
  await world.cli('audit', 'verify');
});

test('a colleague is chosen by what they can take; a supervisor may ask for more, in a second step', async ({
  agent,
  customer,
  world,
}) => {
  await roomFor(world, 'priya', 0);
  await write(
    world,
    (sql) =>
      sql`update users set capacity = greatest(load, 1), load = greatest(load, 1) where email = ${PEOPLE.priya.email}`,
  );
  await roomFor(world, 'maya', 1);
  await roomFor(world, 'sam', 1);
  const [sam, maya, priya] = [await agent('sam'), await agent('maya'), await agent('priya')];
  await priya.openView('mine');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('How wide is the mat');
  await visitor.queueWith(words);
  await sam.claim(words);
  await sam.button('Transfer (T)').click();
  const choices = sam.page.getByRole('dialog', { name: 'Transfer' });
  await expect(choices.getByRole('radio', { name: /^Inés Prado\s*Offline/ })).toBeDisabled();
  await expect(choices.getByRole('radio', { name: /^Priya Nair.*\d+ of \d+/ })).toBeDisabled();
  await expectNoFaults(sam.page);
  await sam.page.keyboard.press('Escape');
  await sam.button('More').click();
  await sam.page.getByRole('menuitem', { name: /^Release/ }).click();

  await maya.openView('pending');
  await maya.claim(words);
  await maya.button('Transfer (T)').click();
  const dialog = maya.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByRole('radio', { name: /^Priya Nair/ }).check();
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText(
    'Priya Nair has all the conversations they can take.',
  );
  await expectNoFaults(maya.page);
  await dialog.getByRole('button', { name: 'Ask over capacity' }).click();
  await expect(dialog).toBeHidden();
  await expect(priya.page.getByRole('alertdialog', { name: /^Incoming handoff/ })).toBeVisible();
  await priya.page.keyboard.press('Alt+a');
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Priya/ })).toBeVisible();

  await roomFor(world, 'maya', 0);
  const next = await customer();
  const more = ownWords('And how thick');
  await next.queueWith(more);
  await maya.openView('pending');
  const row = maya.row(more);
  await row.hover();
  await row.getByRole('button', { name: /^Claim/ }).click();
  const second = maya.page.getByRole('dialog', { name: 'You have all you can take' });
  await expect(second).toBeVisible();
  await expectNoFaults(maya.page);
  await second.getByRole('button', { name: 'Claim over capacity' }).click();
  await expect(maya.withYou).toBeVisible();
});

async function connectedUntil(world: World, who: Person): Promise<number> {
  let until = 0;
  await write(world, async (sql) => {
    const [row] = await sql<{ at: Date | null }[]>`
      select connected_until as at from users where email = ${PEOPLE[who].email}`;
    until = row?.at?.getTime() ?? 0;
  });
  return until;
}
