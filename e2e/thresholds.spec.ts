import { faultsOf } from './fixtures/axe';
import { expect, ownWords, test } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** A bot that offers a person sooner is nothing for the specs that share a world. */
const own = test.extend<object, { world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
  world: [({}, use) => withFreshWorld(use), { scope: 'worker', timeout: 120_000 }],
});

own(
  'a threshold is raised against the newest conversations, and the bot goes by it at once',
  async ({ agent, customer }) => {
    const { page } = await agent('jonas');
    await page.goto('/settings/bot');
    const foot = page.locator('.sheet > .set-foot');
    await expect(foot).toContainText(
      /^.*In \d+ of the newest \d+ conversations the bot would offer a person\./,
    );
    expect(await faultsOf(page, 'thresholds')).toEqual([]);
    const field = page.getByRole('textbox', { name: /^Confidence/ });
    await expect(field).toHaveValue('0.40');
    await field.fill('2');
    await expect(page.getByText('From 0 to 1.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await field.fill('1');
    await expect(foot).toContainText(/the bot would offer a person: \d+ more than now\./);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(foot).toContainText('Saved. It holds from now on.');

    const visitor = await customer();
    const words = ownWords('Can I return a tent I have used once?');
    await visitor.write(words);
    await expect(visitor.button('Connect now')).toBeVisible();
    await page.goto('/audit?of=settings&kind=bot.thresholdsChanged');
    await expect(page.getByText('confidence 0.4 → 1', { exact: true })).toBeVisible();
  },
);
