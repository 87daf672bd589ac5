import postgres from 'postgres';
import { faultsOf } from './fixtures/axe';
import { expect, test as inSharedWorld } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** A world of its own: what the bot goes without here, others' tests ask for. Teams are there around the clock. */
const test = inSharedWorld.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    async ({}, use) =>
      withFreshWorld(async (world) => {
        const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
        await sql`delete from settings where key like 'hours:%'`;
        await sql.end({ timeout: 5 });
        await world.restart();
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('who asks to be called has the times before them, until an admin takes the tool from the bot', async ({
  agent,
  customer,
}) => {
  const visitor = await customer();
  await visitor.write('Can you call me tomorrow at 3?');
  await expect(visitor.log.getByText('We can call you. Choose one of these times')).toBeVisible();
  const times = visitor.log.locator('.slots');
  await expect(times.getByRole('radio').first()).toBeChecked();
  await expect(times.getByText(/15:00|3:00/).first()).toBeVisible();

  const { page } = await agent('jonas');
  await page.goto('/settings/tools');
  await page.getByRole('checkbox', { name: 'Book a call' }).uncheck();
  await expect(page.getByText('The bot offers no calls. Agents can agree them.')).toBeVisible();
  expect(await faultsOf(page, 'tools')).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();

  const next = await customer();
  await next.write('Can you call me tomorrow at 3?');
  await expect(next.button('Connect now')).toBeVisible();
  await expect(next.log.getByText('We can call you')).toBeHidden();
  await expect(next.button('Choose a time')).toBeHidden();

  await page.goto('/audit?of=settings&kind=tools.changed');
  await expect(page.getByText('Fern: schedule_callback off')).toBeVisible();
});
