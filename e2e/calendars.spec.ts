import type { Page } from 'playwright/test';
import { calendarText, servedFeed } from '@/lib/services/calendar/testing';
import { faultsOf } from './fixtures/axe';
import { expect, test as inSharedWorld } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** A world that may ask this machine, on which somebody publishes a calendar. */
const test = inSharedWorld.extend<object, { world: World; served: Awaited<ReturnType<typeof servedFeed>> }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    ({}, use) =>
      withFreshWorld(async (world) => {
        await world.restart({ BATON_INTERNAL_HOSTS: '127.0.0.1' });
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
  served: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    async ({}, use) => {
      const served = await servedFeed();
      await use(served);
      await served.close();
    },
    { scope: 'worker' },
  ],
});

const card = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

async function connectFeed(page: Page, name: string, url: string): Promise<void> {
  await page.getByText('Feed', { exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('textbox', { name: /^Address/ }).fill(url);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

test('an agent connects a calendar, is told when it cannot be read, and an admin sees it', async ({
  agent,
  served,
  world,
}) => {
  const maya = (await agent('maya')).page;
  await maya.goto('/callbacks');
  await maya.getByRole('link', { name: 'Your calendars' }).click();
  await expect(maya.getByRole('heading', { level: 1, name: 'Your calendars' })).toBeVisible();
  await connectFeed(maya, 'Elsewhere', 'https://10.0.0.1/maya.ics');
  await expect(maya.getByText(/network of this server/)).toBeVisible();
  served.feed.text = calendarText([Date.now(), Date.now() + 60 * 60_000]);
  await connectFeed(maya, 'Elsewhere', served.url);
  await expect(card(maya, 'Elsewhere')).toContainText(`Feed · ${new URL(served.url).host}`);
  const faults = await faultsOf(maya, 'your calendars');

  served.feed.text = null;
  await maya.getByRole('button', { name: 'Read now: Elsewhere' }).click();
  await expect(card(maya, 'Elsewhere')).toContainText('The server answered with an error (500).');
  await expect(card(maya, 'Elsewhere')).toContainText('for a day in all');
  faults.push(...(await faultsOf(maya, 'one that cannot be read')));
  await maya.goto('/callbacks');
  await expect(maya.getByText('Your calendar “Elsewhere” cannot be read.')).toBeVisible();

  const jonas = (await agent('jonas')).page;
  await jonas.goto('/callbacks');
  await expect(jonas.getByText('A calendar of your agents cannot be read.')).toBeVisible();
  await jonas.getByRole('link', { name: 'See the calendars' }).click();
  await expect(jonas.getByText('1 of 1 cannot be read')).toBeVisible();
  await expect(card(jonas, 'Elsewhere')).toContainText('Maya Lindqvist');
  faults.push(...(await faultsOf(jonas, 'everybody’s calendars')));
  served.feed.text = calendarText();
  await jonas.getByRole('button', { name: 'Read now: Elsewhere' }).click();
  await expect(jonas.getByText('It can be read')).toBeVisible();
  await jonas.getByRole('button', { name: 'Disconnect: Elsewhere' }).click();
  await jonas.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(jonas.getByText('Nobody has connected one yet')).toBeVisible();
  await jonas.goto('/audit?of=settings');
  for (const kind of ['calendar.connected', 'calendar.disconnected']) {
    await expect(jonas.getByRole('cell', { name: kind }).first()).toBeVisible();
  }
  await expect(jonas.locator('body')).not.toContainText('secret-a1b2');
  expect(world.log()).not.toContain('secret-a1b2');
  expect(faults).toEqual([]);
});

test('everybody’s are not shown to those who may not', async ({ agent }) => {
  const { page } = await agent('sam');
  expect((await page.request.get('/api/calendars?of=all')).status()).toBe(403);
  await page.goto('/settings/calendars');
  await expect(page.getByText('Of everyone')).toHaveCount(0);
});
