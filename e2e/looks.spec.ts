import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expect, ownWords, test } from './fixtures/people';

const FOLDER = 'test-results/looks';
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1180, height: 820 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
];

/** Pictures for the eye, and the one thing about them that a machine can tell: nothing hangs out at the side. */
async function picture(page: Page, name: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const hangsOut = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(hangsOut, `${name} at ${size.width}`).toBeLessThanOrEqual(0);
    await page.screenshot({ path: `${FOLDER}/${name}-${size.width}.png` });
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`inbox, reports and the other pages, ${colorScheme}`, async ({ agent, customer }) => {
    mkdirSync(FOLDER, { recursive: true });
    const jonas = await agent('jonas', { colorScheme });
    const { page } = jonas;
    await jonas.openView('pending');
    await picture(page, `pending-${colorScheme}`);
    await page.setViewportSize({ width: 1440, height: 900 });

    const visitor = await customer({ colorScheme });
    await visitor.write('Can I return a tent I have used once?');
    await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();
    await visitor.write('I want my money back for order A-10428, it was €640. This is the third time I ask!');
    await visitor.button('Connect now').click();
    await expect(visitor.queue).toBeVisible();
    const words = ownWords('The zip tore on the second night');
    await visitor.write(words);
    await expect(visitor.bubble(words)).toBeVisible();
    await visitor.page.screenshot({ path: `${FOLDER}/waiting-${colorScheme}.png` });
    await jonas.row(words).locator('.row-link').click();
    await expect(jonas.said(words)).toBeVisible();
    await picture(page, `waiting-thread-${colorScheme}`);
    await page.setViewportSize({ width: 1440, height: 900 });
    const id = await jonas.claim(words);
    await jonas.note('Known fault, batch 24-07. Up to €600 needs no return.');
    await jonas.reply('Hi, I have read it all, and no repair this time.');
    await visitor.write('Thank you. I have photos of the zip.');
    await expect(jonas.said('I have photos')).toBeVisible();
    await visitor.page.screenshot({ path: `${FOLDER}/joined-${colorScheme}.png` });
    await jonas.openView('pending', id);
    await expect(jonas.said('I have photos')).toBeVisible();
    await picture(page, `thread-${colorScheme}`);
    await page.setViewportSize({ width: 1440, height: 900 });
    await jonas.button('Transfer (T)').click();
    await expect(page.getByRole('dialog', { name: 'Transfer' })).toBeVisible();
    await picture(page, `transfer-${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.getByRole('button', { name: 'Jonas Hald, menu' }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await page.screenshot({ path: `${FOLDER}/menu-${colorScheme}.png` });
    await page.keyboard.press('Escape');

    for (const path of ['reports', 'audit', 'people', 'settings/sla', 'settings/hours']) {
      await page.goto(`/${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await picture(page, `${path.replace('/', '-')}-${colorScheme}`);
    }
    await page.goto(`/audit/${id}`);
    await picture(page, `trail-${colorScheme}`);
  });
}
