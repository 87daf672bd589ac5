import type { Page } from 'playwright/test';
import { faultsOf } from './fixtures/axe';
import { expect, test } from './fixtures/people';
import { WidgetPage } from './pages/widget';

/** Looks at plans, on the third page of a visit that began just now, with the chat closed. */
async function browse(page: Page): Promise<void> {
  const loaded = page.waitForResponse((response) => response.url().includes('/widget/approach?key='));
  await page.clock.install();
  await page.goto('/shop');
  await loaded;
  await page.evaluate(async () => {
    const arrived = new Promise((settle) =>
      (window as unknown as { navigation: EventTarget }).navigation.addEventListener(
        'navigatesuccess',
        settle,
      ),
    );
    sessionStorage['baton:visit'] = JSON.stringify([2, Date.now()]);
    history.pushState(null, '', '/shop/plans');
    await arrived;
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a customer with the chat closed is approached once, and takes it up (${colorScheme})`, async ({
    agent,
    browser,
    world,
  }) => {
    const context = await browser.newContext({ baseURL: world.baseUrl, colorScheme });
    const page = await context.newPage();
    await browse(page);
    const teaser = page.getByRole('region', { name: 'A suggestion' });
    await page.clock.fastForward(58_000);
    await expect(teaser).toHaveCount(0);
    await page.clock.fastForward(4_000);
    await expect(teaser.getByRole('status')).toHaveText(
      'Looking at plans for a team? A consultant can help.',
    );
    await page.clock.resume();
    expect(await faultsOf(page, 'approached')).toEqual([]);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expect(teaser).toBeInViewport({ ratio: 1 });
    }
    const visitor = new WidgetPage(page);
    await teaser.getByRole('button', { name: 'Talk to a consultant' }).focus();
    await page.keyboard.press('Enter');
    await expect(visitor.offer).toBeVisible();
    await expect(teaser).toHaveCount(0);
    await visitor.button('Connect now').click();
    await expect(visitor.queue).toBeVisible();
    const desk = await agent('jonas');
    await desk.openView('pending');
    await expect(desk.row('Opportunity').first()).toBeVisible();
    await context.close();
  });
}

test('whoever says no is left alone, on the next page too', async ({ browser, world }) => {
  const context = await browser.newContext({ baseURL: world.baseUrl });
  const page = await context.newPage();
  await browse(page);
  await page.clock.fastForward(62_000);
  const teaser = page.getByRole('region', { name: 'A suggestion' });
  await teaser.getByRole('button', { name: 'Not now' }).focus();
  await page.keyboard.press('Escape');
  await expect(teaser).toHaveCount(0);
  await expect(new WidgetPage(page).launcher).toBeFocused();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/widget/approach')) asked.push(request.url());
  });
  await browse(page);
  await page.clock.fastForward(600_000);
  await expect(teaser).toHaveCount(0);
  expect(asked).toEqual([]);
  await context.close();
});
