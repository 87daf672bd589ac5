import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures/people';

const KIB = 1024;

test('the inbox loads at most 220 KiB of script, gzipped, before it works', async ({ agent }) => {
  const { page } = await agent('sam');
  const loaded = new Set<string>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith('.js')) loaded.add(pathname);
  });
  await page.goto('/inbox/pending');
  await expect(page.getByRole('heading', { name: 'Pending' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const built = (pathname: string) => join('.next', decodeURIComponent(pathname.replace('/_next/', '')));
  const bytes = [...loaded].reduce(
    (sum, pathname) => sum + gzipSync(readFileSync(built(pathname))).length,
    0,
  );
  expect(loaded.size).toBeGreaterThan(3);
  console.log(`inbox first load: ${(bytes / KIB).toFixed(1)} KiB gzip in ${loaded.size} files`);
  expect(bytes).toBeLessThanOrEqual(220 * KIB);
});
