import { expect, ownWords, test } from './fixtures/people';
import { promise } from './fixtures/sla-policy';

const SECOND = 1000;
/** What is waited for is a clock of several seconds; a fifth of it is at risk, long enough to be looked at. */
const OF_TIME = { timeout: 20 * SECOND };

test('who is in danger stands in lists of their own, by keyboard and by themselves', async ({
  agent,
  customer,
  world,
}) => {
  await promise(world, { firstResponseMs: 15 * SECOND, nextResponseMs: null, resolutionMs: null });
  const sam = await agent('sam');
  await sam.openView('pending');
  const other = await agent('sam');
  await other.openView('breached');
  const count = sam.page.getByRole('link', { name: /^Breached/ }).locator('.n');
  await expect(count).toHaveText(String(await other.queue.getByRole('listitem').count()));

  const visitor = await customer();
  const words = ownWords('The buckle of my pack snapped');
  await visitor.queueWith(words);
  await expect(sam.row(words)).toBeVisible();
  await sam.page.keyboard.press('g');
  await sam.page.keyboard.press('a');
  await expect(sam.queue.getByRole('heading', { level: 1, name: 'At risk' })).toBeFocused();
  await expect(sam.row(words)).toBeVisible(OF_TIME);
  await expect(sam.row(words).locator('.sla')).toHaveAttribute('data-s', 'risk');
  await expect(other.row(words)).toHaveCount(0);

  await expect(other.row(words)).toBeVisible(OF_TIME);
  await expect(other.row(words).locator('.sla')).toHaveAttribute('data-s', 'breached');
  await expect(sam.row(words)).toHaveCount(0);
  await sam.page.keyboard.press('g');
  await sam.page.keyboard.press('x');
  await expect(sam.queue.getByRole('heading', { level: 1, name: 'Breached' })).toBeFocused();
  await expect(count).toHaveText(String(await sam.queue.getByRole('listitem').count()));

  const id = await sam.claim(words);
  await expect(other.rowOf(id)).toContainText('With you');
  await sam.reply('I am sorry it took so long.');
  await expect(visitor.bubble('I am sorry')).toBeVisible();
  await expect(other.rowOf(id)).toContainText('I am sorry');
  await sam.button('Resolve').click();
  await expect(other.rowOf(id)).toHaveCount(0);
});
