import type { Locator } from 'playwright/test';
import { test as base, expect, ownWords } from './fixtures/people';
import type { DeskPage } from './pages/desk';
import type { WidgetPage } from './pages/widget';
import { type World, withFreshWorld } from './world';

/** A world of its own: what others bring into the line would move the rows that are watched here. */
const test = base.extend<object, { world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
  world: [({}, use) => withFreshWorld(use), { scope: 'worker', timeout: 120_000 }],
});

interface Pair {
  upper: Locator;
  lower: Locator;
  upperId: string;
}

/** Two who wait, one below the other at the end of the list of `watcher`; `other` has the lower one open. */
async function twoWait(
  watcher: DeskPage,
  other: DeskPage,
  customer: () => Promise<WidgetPage>,
): Promise<Pair> {
  await watcher.openView('pending');
  const add = async (words: string) => {
    await (await customer()).queueWith(words);
    const row = watcher.row(words);
    await expect(row).toBeVisible();
    const id = await watcher.idOf(row);
    await other.openView('pending', id);
    await setPriority(other, 4);
    await expect(row).toHaveAttribute('data-p', '4');
    return { row, id };
  };
  const upper = await add(ownWords('The upper of two'));
  const lower = await add(ownWords('The lower of two'));
  await expect.poll(() => placesBelow(upper.row, lower.row)).toBe(1);
  return { upper: upper.row, lower: lower.row, upperId: upper.id };
}

/** Of the conversation that is open, with the keys. */
async function setPriority(desk: DeskPage, priority: 1 | 4): Promise<void> {
  await expect(desk.button(/^Priority P\d, change$/)).toBeVisible();
  await desk.page.keyboard.press('p');
  await desk.page.keyboard.press(String(priority));
  await expect(desk.button(`Priority P${priority}, change`)).toBeVisible();
}

/** How many places `row` stands below `other`, as the page has them at one moment. */
async function placesBelow(other: Locator, row: Locator): Promise<number> {
  const element = await row.elementHandle();
  return other.evaluate((above, below) => {
    const all = [...(above.parentElement?.children ?? [])];
    return below === null ? Number.NaN : all.indexOf(below) - all.indexOf(above);
  }, element);
}

/** Where a row is on the page, and whether the middle of that still hits it. */
async function standing(row: Locator) {
  return row.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    return { x, y, width, height, isHit: element.contains(hit) };
  });
}

async function prioritiesOf(desk: DeskPage): Promise<(string | null)[]> {
  return desk.queue
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-p')));
}

const pill = (desk: DeskPage) => desk.queue.getByRole('button', { name: /^\d+ new$/ });
const leaveList = (desk: DeskPage) => desk.queue.getByRole('heading', { level: 1 }).hover();

test('a priority re-orders the list without moving what the pointer is on', async ({ agent, customer }) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  const { upper, lower } = await twoWait(sam, ines, customer);
  await upper.hover();
  const before = await standing(upper);
  expect(before.isHit).toBe(true);

  await setPriority(ines, 1);
  await expect(lower).toHaveAttribute('data-p', '1');
  await expect(lower.locator('.pri')).toContainText('P1');
  expect(await placesBelow(upper, lower)).toBe(1);
  expect(await standing(upper)).toEqual(before);

  await leaveList(sam);
  await expect.poll(() => placesBelow(upper, lower)).toBeLessThan(0);
  const priorities = await prioritiesOf(sam);
  expect(priorities).toEqual(priorities.toSorted());
  await expect(lower).toHaveAttribute('data-p', '1');
});

test('a priority re-orders the list without moving what has the focus, and the keys go as it is shown', async ({
  agent,
  customer,
}) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  const { upper, lower, upperId } = await twoWait(sam, ines, customer);
  await sam.openView('pending', upperId);
  await leaveList(sam);
  const link = upper.locator('.row-link');
  await link.focus();
  const before = await standing(upper);

  await setPriority(ines, 1);
  await expect(lower).toHaveAttribute('data-p', '1');
  await expect(link).toBeFocused();
  expect(await standing(upper)).toEqual(before);
  await sam.page.keyboard.press('j');
  await expect(lower.locator('.row-link')).toBeFocused();
  await sam.page.keyboard.press('k');
  await expect(link).toBeFocused();

  // A window that is left tells the row that the focus has gone, and gives it back to the same row later.
  await link.evaluate((element) => element.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
  await expect.poll(() => placesBelow(upper, lower)).toBeLessThan(0);
  await expect(link).toBeFocused();
});

test('who is new waits under a button that the pointer can reach', async ({ agent, customer }) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  const { upper, lower } = await twoWait(sam, ines, customer);
  await upper.hover();
  const before = await standing(upper);
  const words = ownWords('One more comes');
  await (await customer()).queueWith(words);
  await expect(pill(sam)).toHaveText('1 new');
  expect(await standing(upper)).toEqual(before);

  await setPriority(ines, 1);
  await expect(lower).toHaveAttribute('data-p', '1');
  await pill(sam).hover();
  await expect(sam.row(words)).toHaveCount(0);
  expect(await placesBelow(upper, lower)).toBe(1);
  await pill(sam).click();
  await expect(pill(sam)).toHaveCount(0);
  await expect(sam.row(words)).toBeVisible();
  await expect(sam.queue.getByRole('heading', { level: 1 })).toBeFocused();
  expect(await placesBelow(upper, lower)).toBeLessThan(0);
});

test('another view opened with the keys under the pointer shows its own rows', async ({
  agent,
  customer,
}) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  const { upper } = await twoWait(sam, ines, customer);
  await upper.hover();
  await sam.page.keyboard.press('g');
  await sam.page.keyboard.press('m');
  await expect(sam.queue.getByRole('heading', { level: 1, name: 'Mine' })).toBeFocused();
  await expect(upper).toHaveCount(0);
  await expect(sam.queue.locator('[data-gone]')).toHaveCount(0);
  await expect(pill(sam)).toHaveCount(0);
});
