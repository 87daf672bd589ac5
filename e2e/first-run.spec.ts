import { io } from 'socket.io-client';
import { PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol';
import { expect, ownWords, test } from './fixtures/people';
import { DeskPage } from './pages/desk';

const PASSWORD = 'larks over the fell at dawn';

test('from the set-up link to the desk, an invited colleague, and out again', async ({
  browser,
  customer,
  world,
}) => {
  const link = (await world.cli('setup-link')).trim();
  const admin = await browser.newContext({ baseURL: world.baseUrl, viewport: { width: 1440, height: 900 } });
  const first = new DeskPage(await admin.newPage());
  await first.page.goto(link);
  await expect(first.page.getByRole('heading', { name: 'Welcome to Baton' })).toBeVisible();
  await first.page.getByLabel('Name').fill('Ada Berg');
  await first.page.getByLabel('E-mail').fill('ada@larkfell.example');
  await first.page.getByLabel('Password').fill('short');
  await first.page.getByRole('button', { name: 'Make the admin and open the desk' }).click();
  await expect(first.page.locator('.field-fault')).toBeVisible();
  await first.page.getByLabel('Password').fill(PASSWORD);
  await first.page.getByRole('button', { name: 'Make the admin and open the desk' }).click();
  await expect(first.page).toHaveURL(/\/inbox\/pending$/);
  await expect(first.page.getByRole('button', { name: 'Ada Berg, menu' })).toBeVisible();

  const stranger = await browser.newContext({ baseURL: world.baseUrl });
  const spent = await stranger.newPage();
  await spent.goto(link);
  await expect(spent.getByRole('heading', { name: 'This link is spent' })).toBeVisible();
  expect((await world.cli('setup-link')).trim()).not.toContain('token');
  await spent.goto('/inbox/pending');
  await expect(spent).toHaveURL(/\/sign-in$/);

  await first.page.getByRole('link', { name: 'People' }).click();
  await first.page.getByLabel('E-mail').fill('nils@larkfell.example');
  await first.page.getByRole('checkbox', { name: 'Returns' }).uncheck();
  await first.page.getByRole('checkbox', { name: 'Orders' }).uncheck();
  await first.page.getByRole('button', { name: 'Make the link' }).click();
  const invitation = (await first.page.locator('.invite-link code').textContent()) ?? '';

  const colleague = await browser.newContext({
    baseURL: world.baseUrl,
    viewport: { width: 1440, height: 900 },
  });
  const nils = new DeskPage(await colleague.newPage());
  await nils.page.goto(invitation);
  await expect(nils.page.getByText('You were invited as agent.')).toBeVisible();
  await expect(nils.page.getByLabel('E-mail')).toHaveValue('nils@larkfell.example');
  await nils.page.getByLabel('Name').fill('Nils Moe');
  await nils.page.getByLabel('Password').fill(PASSWORD);
  await nils.page.getByRole('button', { name: 'Join' }).click();
  await expect(nils.page).toHaveURL(/\/inbox\/pending$/);
  await expect(nils.page.getByRole('button', { name: 'Nils Moe, menu' })).toBeVisible();

  const visitor = await customer();
  const words = ownWords('Hello, my order');
  await visitor.queueWith(words);
  await first.openView('pending');
  await expect(first.row(words)).toBeVisible();
  const id = await first.claim(words);
  await expect(nils.row(words)).toHaveCount(0);
  await nils.page.goto(`/inbox/pending/${id}`);
  await expect(nils.page.getByRole('heading', { name: 'Not to be opened' })).toBeVisible();
  await first.button('Transfer (T)').click();
  const dialog = first.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByRole('radio', { name: 'Gear advice' }).check();
  await dialog.getByRole('button', { name: 'Transfer' }).click();
  await expect(nils.row(words)).toBeVisible();
  await nils.claim(words);
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Nils/ })).toBeVisible();

  const cookies = await colleague.cookies();
  const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  expect(await openSocket(world.baseUrl, header)).toBe('open');
  await nils.page.getByRole('button', { name: 'Nils Moe, menu' }).click();
  await nils.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await nils.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(nils.page).toHaveURL(/\/sign-in$/);

  await stranger.addCookies(cookies);
  await spent.goto('/inbox/pending');
  await expect(spent).toHaveURL(/\/sign-in$/);
  expect(await openSocket(world.baseUrl, header)).toBe('unauthenticated');

  await nils.page.getByLabel('E-mail').fill('nils@larkfell.example');
  await nils.page.getByLabel('Password').fill('not the password');
  await nils.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(nils.page.locator('.form-fault')).toContainText('do not fit');
  await nils.page.getByLabel('Password').fill(PASSWORD);
  await nils.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(nils.page).toHaveURL(/\/inbox\/pending$/);
  await nils.page.getByRole('link', { name: /^Mine/ }).click();
  await expect(nils.row(words)).toContainText('With you');
  for (const context of [admin, stranger, colleague]) await context.close();
});

/** Whether the desk's socket opens for this cookie, or why it does not. */
function openSocket(baseUrl: string, cookie: string): Promise<string> {
  const socket = io(`${baseUrl}/agent`, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { protocol: PROTOCOL_VERSION },
    extraHeaders: { cookie, origin: baseUrl },
  });
  return new Promise<string>((settle) => {
    socket.once('connect', () => settle('open'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      settle(error.data?.code ?? error.message),
    );
  }).finally(() => socket.close());
}
