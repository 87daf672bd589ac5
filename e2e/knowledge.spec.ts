import { faultsOf } from './fixtures/axe';
import { expect, ownWords, test } from './fixtures/people';

test('an article is written, tried, taken back to what it said, and archived', async ({
  agent,
  customer,
}) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/knowledge');
  await expect(page.getByRole('heading', { level: 1, name: 'Knowledge' })).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('label parcel shop');
  await expect(page.getByRole('link', { name: /^Returns and refunds/ })).toBeVisible();
  await expect(page.getByRole('link', { name: /Gift cards/ })).toHaveCount(0);
  expect(await faultsOf(page, 'list')).toEqual([]);

  await page.getByRole('link', { name: 'New article' }).click();
  const title = ownWords('Lending llamas');
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Category').fill('Gear advice');
  await page.getByLabel(/^Answer/).fill('We lend **llamas** by the week.\n\n<img src=x onerror="alert(1)">');
  await page
    .getByLabel(/^Example questions/)
    .fill('do you lend llamas\ncan I rent a llama\ncan I rent a llama');
  const beside = page.getByRole('complementary', { name: 'Beside the article' });
  await expect(beside.locator('.prose strong')).toHaveText('llamas');
  await expect(beside.locator('.prose img')).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/\/settings\/knowledge\/lending-llamas-/);
  await expect(page.getByLabel(/^Example questions/)).toHaveValue('do you lend llamas\ncan I rent a llama');

  const ask = beside.getByLabel("A customer's question");
  await expect(async () => {
    await ask.fill('Could I rent a llama for a week?');
    await ask.press('Enter');
    await expect(beside.locator('.try-said')).toContainText('We lend llamas by the week.', { timeout: 1000 });
  }).toPass();
  await expect(beside.getByText(/confidence, at or over the threshold of 0.40/)).toBeVisible();
  const visitor = await customer();
  await visitor.write('Could I rent a llama for a week?');
  await expect(visitor.log.getByText('We lend llamas by the week.')).toBeVisible();

  await page.getByLabel(/^Answer/).fill('We lend llamas by the day.');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved. The bot goes by it from now on.')).toBeVisible();
  await beside.getByRole('button', { name: 'Compare version 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Version 1 against version 2' });
  await expect(dialog.locator('ins')).toHaveText(['day']);
  await dialog.getByRole('button', { name: 'Write this again' }).click();
  await expect(page.getByLabel(/^Answer/)).toHaveValue(/by the week/);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await faultsOf(page, 'article')).toEqual([]);

  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByLabel('Title').fill(`${title} two`);
  await other.keyboard.press('Control+s');
  await expect(other.getByText('Saved.')).toBeVisible();
  await page.getByLabel(/^Answer/).fill('Never on Sundays.');
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Jonas Hald changed this article meanwhile')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved. The bot goes by it from now on.')).toBeVisible();

  await page.getByRole('button', { name: 'Archive' }).click();
  await expect(page.getByText('Archived. The bot does not use it any more.')).toBeVisible();
  await page.goto('/settings/knowledge');
  await expect(page.getByRole('link', { name: title })).toHaveCount(0);
  await page.getByRole('radio', { name: 'Archived' }).check({ force: true });
  await expect(page.getByRole('link', { name: title })).toBeVisible();
  await page.goto('/audit?of=settings&kind=article.changed');
  await expect(page.getByText(/^lending-llamas-.*, version 2: body$/)).toBeVisible();
});

test('files are imported against a report that names file and line', async ({ agent }) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/knowledge');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import articles' });
  const title = ownWords('Renting yaks');
  const markdown = (name: string, text: string) => ({
    name,
    mimeType: 'text/markdown',
    buffer: Buffer.from(text),
  });
  await dialog
    .getByLabel('Choose files')
    .setInputFiles([
      markdown('yaks.md', `---\ntitle: ${title}\nexamples:\n  - rent a yak\n---\nBy the month.`),
      markdown('bad.md', '---\ntitle: Bad\ncolour: red\n---\nNo.'),
    ]);
  await expect(dialog.getByText('1 new · 1 refused')).toBeVisible();
  await expect(dialog.getByText(/^Line 3: There is no `colour` here/)).toBeVisible();
  expect(await faultsOf(page, 'import')).toEqual([]);
  await dialog.getByRole('button', { name: 'Import 1 article' }).click();
  await expect(dialog.getByText('1 created · 1 refused')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('link', { name: title })).toBeVisible();
});

test('a question without an answer becomes an example of the article that lacked it', async ({
  agent,
  customer,
}) => {
  const visitor = await customer();
  const question = ownWords('Would a zeppelin fit the attic');
  await visitor.write(question);
  await expect(visitor.button('Connect now')).toBeVisible();
  const { page } = await agent('jonas');
  await page.goto('/settings/knowledge');
  await page.getByRole('radio', { name: 'Unanswered' }).check({ force: true });
  const group = page.locator('.know-asked > li').filter({ hasText: question });
  await expect(group).toContainText('In 1 conversation');
  expect(await faultsOf(page, 'unanswered')).toEqual([]);
  await group.getByRole('button', { name: 'New article' }).click();
  await expect(page.getByLabel(/^Example questions/)).toHaveValue(question);
  await page.goBack();
  await page.getByRole('radio', { name: 'Unanswered' }).check({ force: true });
  const add = group.getByRole('button', { name: /^Add to/ }).first();
  await add.click();
  await expect(page.getByText(/^Added to/)).toBeVisible();
  await expect(group).toHaveCount(0);
  await page.getByRole('searchbox').fill(question);
  await expect(page.locator('.know-rows li')).toHaveCount(1);
});

test('a supervisor reads the articles and may try them', async ({ agent }) => {
  const { page } = await agent('maya');
  await page.goto('/settings/knowledge');
  await expect(page.getByRole('link', { name: 'New article' })).toHaveCount(0);
  await page.getByRole('link', { name: /^Returns and refunds/ }).click();
  await expect(page.getByText('Admins change these.')).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveAttribute('readonly', '');
});
