import { mkdirSync } from 'node:fs';
import { faultsOf } from './fixtures/axe';
import { expect, test } from './fixtures/people';

const CHANGING = 'Changing an order or its address';

test('an offer names the articles that were close, and one of them answers and closes nothing', async ({
  customer,
}) => {
  const visitor = await customer();
  await visitor.write('My order');
  await expect(visitor.chat.getByRole('heading', { name: 'Did you mean' })).toBeVisible();
  const changing = visitor.button(CHANGING);
  await expect(changing).toBeVisible();
  expect(await faultsOf(visitor.page, 'did you mean')).toEqual([]);
  mkdirSync('test-results/looks', { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await visitor.page.emulateMedia({ colorScheme });
    await visitor.page.screenshot({ path: `test-results/looks/did-you-mean-${colorScheme}.png` });
  }
  await changing.press('Enter');
  await expect(visitor.chat.getByRole('list', { name: 'Source' }).getByText(CHANGING)).toBeVisible();
  await expect(changing).toHaveCount(0);
  await expect(visitor.chat.getByRole('heading', { name: 'Did you mean' })).toBeVisible();
  await visitor.button('Connect now').click();
  await expect(visitor.queue).toBeVisible();
});
