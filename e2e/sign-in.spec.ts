import postgres from 'postgres';
import { hashPassword } from '@/lib/crypto/password';
import { expect, ownWords, PEOPLE, test } from './fixtures/people';

const PASSWORD = 'a whole sentence to sign in with';

test('a link opens the conversation itself, also through sign-in', async ({
  agent,
  customer,
  browser,
  world,
}) => {
  const visitor = await customer();
  const words = ownWords('The zip of the tent is stuck');
  await visitor.queueWith(words);
  const maya = await agent('maya');
  await maya.openView('pending');
  const link = `/inbox/pending/${await maya.idOf(maya.row(words))}`;
  await givePassword(world.databaseUrl, PEOPLE.sam.email);

  const context = await browser.newContext({ baseURL: world.baseUrl });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page).toHaveURL(`/sign-in?to=${encodeURIComponent(link)}`);
  await page.getByLabel('E-mail').fill(PEOPLE.sam.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.locator('.form-fault')).toContainText('do not fit');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(link);
  await expect(page.locator('section.conversation').getByText(words, { exact: true })).toBeVisible();

  await page.goto(`/sign-in?to=${encodeURIComponent('/callbacks')}`);
  await expect(page).toHaveURL('/callbacks');
  await context.close();
});

test('a link to sign in leads nowhere but to the desk', async ({ browser, world }) => {
  await givePassword(world.databaseUrl, PEOPLE.priya.email);
  const context = await browser.newContext({
    baseURL: world.baseUrl,
    extraHTTPHeaders: { 'x-baton-asked-path': '/settings' },
  });
  const page = await context.newPage();
  // What a client says of the path counts for nothing.
  await page.goto('/callbacks');
  await expect(page).toHaveURL('/sign-in?to=%2Fcallbacks');

  await page.goto(`/sign-in?to=${encodeURIComponent('//elsewhere.example/inbox/pending')}`);
  await page.getByLabel('E-mail').fill(PEOPLE.priya.email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/inbox/pending');
  await page.goto(`/sign-in?to=${encodeURIComponent('/\\elsewhere.example')}`);
  await expect(page).toHaveURL('/inbox/pending');
  await context.close();
});

/** People of the demo world have none. */
async function givePassword(databaseUrl: string, email: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const hash = await hashPassword(PASSWORD);
  await sql`update users set password_hash = ${hash} where email = ${email}`.finally(() =>
    sql.end({ timeout: 5 }),
  );
}
