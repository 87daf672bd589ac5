import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { hostPage } from './fixtures/host-page';
import { test as base, expect, ownWords } from './fixtures/people';
import { DeskPage } from './pages/desk';
import { WidgetPage } from './pages/widget';
import { type World, withFreshWorld } from './world';

/** A world in which nobody has signed in yet. */
const test = base.extend<object, { world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
  world: [({}, use) => withFreshWorld(use), { scope: 'worker', timeout: 120_000 }],
});

const CHAT = 'Send yourself a test chat';
const CLAIM = 'Ask for a person there, and claim it here';
const SITE = 'Put the widget on a page';
const INVITE = 'Invite a teammate';

const stepsOf = (page: Page): Locator => page.getByRole('region', { name: 'First steps' });
const done = (page: Page): Promise<string[]> =>
  page
    .locator('.first-step.done .first-step-title')
    .evaluateAll((titles) => titles.map((title) => (title.textContent ?? '').replace(': done', '')));

async function expectNoFaults(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target)}`)).toEqual([]);
  }
}

test('the first steps tick themselves, one by one, by being done', async ({ browser, world }) => {
  const context = await browser.newContext({
    baseURL: world.baseUrl,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const desk = new DeskPage(await context.newPage());
  const { page } = desk;
  await page.goto((await world.cli('setup-link')).trim());
  await page.getByLabel('Name').fill('Ada Berg');
  await page.getByLabel('E-mail').fill('ada@larkfell.example');
  await page.getByLabel('Password').fill('larks over the fell at dawn');
  await page.getByRole('button', { name: 'Make the admin and open the desk' }).click();

  // The demo's days of talks, handoffs and people tick nothing.
  await expect(stepsOf(page)).toContainText('0 of 4');
  await expect(stepsOf(page).getByRole('listitem')).toHaveText([
    new RegExp(`^${CHAT}`),
    new RegExp(`^${CLAIM}`),
    new RegExp(`^${SITE}`),
    new RegExp(`^${INVITE}`),
  ]);

  const shopOpens = context.waitForEvent('page');
  await stepsOf(page)
    .getByRole('link', { name: /^Open the shop/ })
    .click();
  const chat = new WidgetPage(await shopOpens);
  await expect(chat.page).toHaveURL(/\/shop$/);
  await chat.launcher.click();
  await expect(chat.field).toBeVisible();
  expect(await done(page)).toEqual([]);
  const words = ownWords('The zip of my tent tore');
  await chat.write(words);
  await expect(chat.bubble(words)).toBeVisible();
  await expect(stepsOf(page)).toContainText('1 of 4');
  expect(await done(page)).toEqual([CHAT]);

  const more = ownWords('It came by post');
  await chat.queueWith(more);
  await page.bringToFront();
  await expect(desk.row(more)).toBeVisible();
  expect(await done(page)).toEqual([CHAT]);
  await desk.claim(more);
  await page.getByRole('link', { name: /^Pending/ }).click();
  await expect(stepsOf(page)).toContainText('2 of 4');
  expect(await done(page)).toEqual([CHAT, CLAIM]);

  await stepsOf(page).getByRole('button', { name: 'Show the line' }).click();
  await stepsOf(page).getByRole('button', { name: 'Copy' }).click();
  await expect(stepsOf(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  const line = await page.evaluate(() => navigator.clipboard.readText());
  const host = await hostPage(line);
  const site = new WidgetPage(await context.newPage());
  await site.page.goto(host.origin);
  await site.launcher.click();
  await expect(site.page.locator('.panel iframe')).toBeVisible();
  await expect(site.field).toHaveCount(0);
  await page.bringToFront();
  await stepsOf(page).getByLabel('Site that may show it').fill('nonsense *');
  await stepsOf(page).getByRole('button', { name: 'Allow' }).click();
  await expect(stepsOf(page).getByText('Write the address of one site')).toBeVisible();
  await expectNoFaults(page);
  await stepsOf(page).getByLabel('Site that may show it').fill(`${host.origin}/tents`);
  await stepsOf(page).getByRole('button', { name: 'Allow' }).click();
  await expect(stepsOf(page).getByRole('list', { name: 'Allowed sites' })).toContainText(host.origin);
  expect(await done(page)).toEqual([CHAT, CLAIM]);
  await site.page.reload();
  await site.launcher.click();
  await expect(site.field).toBeVisible();
  await page.bringToFront();
  // Every page of a headless browser has the focus all the time, so none is told that it came back.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(stepsOf(page)).toContainText('3 of 4');
  await expect(stepsOf(page)).toContainText(`Seen on ${host.origin}.`);

  await stepsOf(page).getByRole('link', { name: 'Invite' }).click();
  await page.getByLabel('E-mail').fill('nils@larkfell.example');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.locator('.invite-link code')).toBeVisible();
  await page.getByRole('link', { name: 'Inbox' }).click();
  const all = page.getByRole('region', { name: 'You are all set' });
  await expect(all).toContainText('4 of 4');
  expect(await done(page)).toEqual([CHAT, CLAIM, SITE, INVITE]);
  await expectNoFaults(page);
  await host.close();
  await context.close();
});

test('an admin puts them away for every device, and brings them back', async ({ agent }) => {
  const { page: laptop } = await agent('jonas');
  const { page: phone } = await agent('jonas', { viewport: { width: 390, height: 844 } });
  for (const page of [laptop, phone]) await page.goto('/inbox/pending');
  for (const page of [laptop, phone]) await expect(page.locator('.first-steps')).toBeVisible();
  await expectNoFaults(phone);
  await laptop.getByRole('button', { name: 'Put the first steps away' }).click();
  await expect(laptop.getByText('The menu under your name shows the first steps again.')).toBeVisible();
  await expect(laptop.locator('.first-steps')).toHaveCount(0);
  await expect(laptop.getByRole('heading', { name: 'Who is next?' })).toBeVisible();
  await expect(laptop.getByRole('heading', { name: 'Pending' })).toBeFocused();
  await phone.reload();
  await expect(phone.getByRole('list', { name: 'Pending conversations' })).toBeVisible();
  await expect(phone.locator('.first-steps')).toHaveCount(0);

  await laptop.goto('/people');
  await laptop.getByRole('button', { name: 'Jonas Hald, menu' }).click();
  await laptop.getByRole('menuitem', { name: 'Show the first steps' }).click();
  await expect(laptop).toHaveURL(/\/inbox\/pending$/);
  await expect(laptop.locator('.first-steps')).toBeVisible();

  const { page } = await agent('sam');
  await page.goto('/inbox/pending');
  await expect(page.getByRole('heading', { name: 'Who is next?' })).toBeVisible();
  await page.getByRole('button', { name: 'Sam Keller, menu' }).click();
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Show the first steps' })).toHaveCount(0);
});
