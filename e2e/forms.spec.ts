import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import postgres from 'postgres';
import { faultsOf } from './fixtures/axe';
import { expect, ownWords, test } from './fixtures/people';
import type { WidgetPage } from './pages/widget';
import type { World } from './world';

const IBAN = 'NO93 8601 1117 947';
const KEPT = 'NO9386011117947';
const PHOTO = Buffer.from('89504e470d0a1a0a00112233', 'hex');
const path = (visitor: WidgetPage) => visitor.button(/^Return request/);
const card = (visitor: WidgetPage) => visitor.chat.getByRole('region', { name: 'Return request' });
const link = (visitor: WidgetPage) => card(visitor).getByRole('link', { name: 'Fill in the form' });

/** Somebody whose talk is about a return asks for a person, and takes the form. Answers their own words. */
async function takeForm(visitor: WidgetPage): Promise<string> {
  const words = ownWords('My order is 1042.');
  await visitor.write('Can I return a tent I have used?');
  await expect(visitor.log.locator('.ai .bub').filter({ hasText: '60 days' })).toBeVisible();
  await visitor.write(words);
  await expect(visitor.log.locator('.grp.ai .name')).toHaveCount(2);
  await visitor.button('Talk to a person').click();
  await expect(path(visitor)).toBeVisible();
  await path(visitor).click();
  await expect(link(visitor)).toBeVisible();
  await expect(path(visitor)).toBeHidden();
  return words;
}

async function idOf({ databaseUrl }: World, words: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const [row] = await sql<{ id: string }[]>`
    select conversation_id as id from messages where body = ${words}`.finally(() => sql.end({ timeout: 5 }));
  if (row === undefined) throw new Error('Nobody said that');
  return row.id;
}

async function openForm(visitor: WidgetPage): Promise<Page> {
  const opened = visitor.page.context().waitForEvent('page');
  await link(visitor).click();
  const page = await opened;
  await expect(page.getByRole('heading', { name: 'Return request', level: 1 })).toBeVisible();
  return page;
}

async function fill(page: Page): Promise<void> {
  await page.getByLabel('Item', { exact: true }).fill('Ridgeline 2');
  await page.getByLabel('E-mail').fill('jonas.berg@post.example');
  await page.getByRole('radio', { name: 'It broke' }).check();
  await page.getByLabel('Account holder').fill('Jonas Berg');
  await page.getByLabel('IBAN').fill(IBAN);
}

test('a form is taken, filled in and read: noted live without what is sealed, which is opened by its agent and logged', async ({
  agent,
  customer,
  world,
}) => {
  const visitor = await customer();
  const words = await takeForm(visitor);
  expect(await faultsOf(visitor.page, 'form card')).toEqual([]);

  // The bot goes on helping meanwhile.
  await visitor.write('How long does delivery take?');
  await expect(visitor.log.locator('.grp.ai .name')).toHaveCount(3);

  // Somebody of the desk looks on from before it is submitted.
  const jonas = await agent('jonas');
  await jonas.openView('live', await idOf(world, words));
  await expect(jonas.said(words)).toBeVisible();

  const page = await openForm(visitor);
  await expect(page.getByLabel(/^Order/)).toHaveValue('1042');
  await expect(page.getByText('filled in for you')).toBeVisible();
  await expect(page.getByText(/^Open until /)).toBeVisible();
  await expect(page.getByText(/^\d+ min left$/)).toBeVisible();
  expect(await faultsOf(page, 'form page')).toEqual([]);

  await fill(page);
  await page.getByLabel('IBAN').fill('NO93 8601 1117 948');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('This is no whole IBAN. Check it against your card.').first()).toBeVisible();
  await expect(page.getByLabel('IBAN')).toBeFocused();
  await expect(page.getByLabel('Item', { exact: true })).toHaveValue('Ridgeline 2');
  await expect(page.getByRole('radio', { name: 'It broke' })).toBeChecked();
  expect(await faultsOf(page, 'form page with a fault')).toEqual([]);
  await page.getByLabel('IBAN').fill(IBAN);
  await page
    .getByLabel('Photo')
    .setInputFiles({ name: 'pole.png', mimeType: 'image/png', buffer: Buffer.from('MZ') });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('A picture: JPEG, PNG, WebP, GIF or HEIC.').first()).toBeVisible();
  await page.getByLabel('Photo').setInputFiles({ name: 'pole.png', mimeType: 'image/png', buffer: PHOTO });
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: 'Sent, thank you' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to the chat' }).click();
  await expect(page).toHaveURL(/\/shop/);
  await page.close();

  await expect(visitor.chat.getByText('You sent the form')).toBeVisible();
  await expect(
    visitor.chat.getByRole('heading', { name: /^Connecting you to Returns|^You are in line/ }),
  ).toBeVisible();
  await expect(visitor.field).toBeEnabled();
  const noted = jonas.conversation.getByText('IBAN: kept sealed');
  await expect(noted).toBeVisible();
  await expect(jonas.conversation.getByText('Item: Ridgeline 2')).toBeVisible();

  await jonas
    .button(/^Claim/)
    .first()
    .click();
  await expect(jonas.withYou).toBeVisible();
  await jonas.button('Open what is sealed').click();
  await expect(jonas.conversation.getByText(KEPT)).toBeVisible();
  await expect(jonas.conversation.getByText('You opened what is sealed in “Return request”')).toBeVisible();
  const saving = jonas.page.waitForEvent('download');
  await jonas.button('Save pole.png').click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('pole.png');
  expect(readFileSync(await saved.path())).toEqual(PHOTO);
  expect(visitor.heard.join('\n')).not.toContain(KEPT);
  expect(world.log()).not.toContain(KEPT);
});

test('links that were changed, used or looked at do nothing they should not', async ({
  customer,
  browser,
  world,
}) => {
  const visitor = await customer();
  await takeForm(visitor);
  const address = new URL((await link(visitor).getAttribute('href')) ?? '', world.baseUrl).href;
  const { request } = visitor.page.context();
  for (let looks = 0; looks < 3; looks++) {
    expect((await request.get(address)).status()).toBe(200);
    expect((await request.head(address)).status()).toBe(200);
  }
  await expect(visitor.chat.getByText('You sent the form')).toBeHidden();

  const changed = `${address.slice(0, -2)}AA`;
  expect((await request.get(changed)).status()).toBe(404);
  expect((await request.post(changed, { form: { order: '1' } })).status()).toBe(404);

  // A phone without a script carries it through too.
  const phone = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const page = await phone.newPage();
  await page.goto(address);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: /^Not sent yet/ })).toBeVisible();
  await expect(page.getByText('This is needed.').first()).toBeVisible();
  await fill(page);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: 'Sent, thank you' })).toBeVisible();
  await expect(visitor.chat.getByText('You sent the form')).toHaveCount(1);

  const again = await request.post(address, { form: { order: '1042' } });
  expect(again.status()).toBe(409);
  expect(await again.text()).toContain('This form was sent already');
  await page.goto(address);
  await expect(page.getByRole('heading', { name: 'This form was sent already' })).toBeVisible();
  await phone.close();
  await expect(visitor.chat.getByText('You sent the form')).toHaveCount(1);
});

test('who posts without end is told to wait, and nobody else is', async ({ world, request }) => {
  const post = (from: string) =>
    request.post(`${world.baseUrl}/forms/none`, { form: {}, headers: { 'x-forwarded-for': from } });
  const answers = await Promise.all(Array.from({ length: 80 }, () => post('198.51.100.1, 203.0.113.7')));
  const statuses = answers.map((answer) => answer.status());
  expect(statuses.filter((status) => status === 404)).toHaveLength(60);
  const refused = answers.filter((answer) => answer.status() === 429);
  expect(refused).toHaveLength(20);
  expect(await refused[0]?.text()).toMatch(/^That was a lot at once. Try again in \d+ s.$/);
  expect((await post('203.0.113.7')).status()).toBe(429);
  expect((await post('203.0.113.8')).status()).toBe(404);
});

test('an agent sends a form, and a link that ran out says so', async ({ agent, customer, world }) => {
  const visitor = await customer();
  const words = ownWords('I would like to send it back');
  await visitor.queueWith(words);
  const jonas = await agent('jonas');
  await jonas.openView('pending');
  const id = await jonas.claim(words);
  await jonas.page.keyboard.press('Escape');
  await jonas.button('Send a form').click();
  const dialog = jonas.page.getByRole('dialog', { name: 'Send a form' });
  await dialog.getByRole('radio', { name: /^Return request/ }).check();
  expect(await faultsOf(jonas.page, 'send a form')).toEqual([]);
  await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(jonas.toasts.getByText('Sent. You see it here when it comes back.')).toBeVisible();
  await expect(jonas.conversation.getByText('You sent the form “Return request”')).toBeVisible();
  await expect(link(visitor)).toBeVisible();

  const address = (await link(visitor).getAttribute('href')) ?? '';
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update form_links set expires_at = now() where conversation_id = ${id}`.finally(() =>
    sql.end({ timeout: 5 }),
  );
  const { request } = visitor.page.context();
  const late = await request.post(new URL(address, world.baseUrl).href, { form: { order: '1042' } });
  expect(late.status()).toBe(410);
  expect(await late.text()).toContain('This link has run out');
  await expect(visitor.chat.getByText('You sent the form')).toBeHidden();
});

test('an admin writes a form and sees it as a customer would; who only supervises looks', async ({
  agent,
}) => {
  const jonas = await agent('jonas');
  const { page } = jonas;
  await page.goto('/settings/forms');
  await expect(page.getByRole('link', { name: /^Return request/ })).toBeVisible();
  expect(await faultsOf(page, 'forms')).toEqual([]);
  await page.getByRole('link', { name: 'New form' }).click();
  const name = ownWords('Warranty claim');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByRole('group', { name: 'New field' }).getByLabel('Label').fill('Serial number');
  await page.getByRole('button', { name: 'Add a field' }).click();
  await page.getByRole('group', { name: 'New field' }).getByLabel('Label').fill('What is wrong');
  const wrong = page.getByRole('group', { name: 'What is wrong' });
  await wrong.getByLabel('Kind').selectOption('Choice');
  await wrong.getByLabel('Choices').fill('A seam\nA pole\n');
  await page.getByRole('group', { name: 'Serial number' }).getByLabel('Sensitive: kept sealed').check();
  await page.getByRole('button', { name: 'Move What is wrong up' }).click();
  const preview = page.frameLocator('iframe[title="The form as a customer sees it"]');
  await expect(preview.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(preview.getByText('A pole')).toBeVisible();
  await expect(preview.getByRole('heading', { name: 'Kept sealed' })).toBeVisible();
  await page.getByRole('button', { name: 'Save form' }).click();
  await expect(page).toHaveURL(/\/settings\/forms\/[0-9a-f-]{36}$/);
  const address = page.url();
  await page.reload();
  await expect(page.getByRole('group').first()).toHaveAccessibleName('What is wrong');
  await page.getByLabel('Name', { exact: true }).fill('');
  await page.getByRole('button', { name: 'Save form' }).click();
  await expect(page.getByText('Write something.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();

  await page.goto('/audit?of=settings&kind=form.changed');
  await expect(page.getByText(`“${name}” made`)).toBeVisible();

  const maya = await agent('maya');
  await maya.page.goto(address);
  await expect(maya.page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await expect(maya.page.getByRole('button', { name: 'Save form' })).toHaveCount(0);
  await expect(maya.page.getByLabel('Name', { exact: true })).not.toBeEditable();
});

test('a form that is hosted elsewhere begins with what the chat gathered, and reports back signed', async ({
  agent,
  customer,
  world,
}) => {
  let secret = '';
  const arrived: URL[] = [];
  const elsewhere = createServer((request, response) => {
    arrived.push(new URL(request.url ?? '', 'http://127.0.0.1'));
    response.setHeader('content-type', 'text/html');
    response.end('<h1>Claim at the factory</h1>');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  try {
    const jonas = await agent('jonas');
    const { page } = jonas;
    const name = ownWords('Factory claim');
    await page.goto('/settings/forms/new');
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Add a field' }).click();
    const field = page.getByRole('group', { name: 'New field' });
    await field.getByLabel('Label').fill('Order');
    await page
      .getByRole('group', { name: 'Order' })
      .getByLabel('Filled in from the chat')
      .selectOption('Order');
    await page.getByText('Elsewhere', { exact: true }).click();
    await page
      .getByLabel('Address')
      .fill(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/claim`);
    await page.getByRole('button', { name: 'Save form' }).click();
    await expect(page).toHaveURL(/\/settings\/forms\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: 'Show the secret' }).click();
    secret = await page.getByLabel(/^Secret/).inputValue();

    const visitor = await customer();
    const words = ownWords('My order is 1042.');
    await visitor.queueWith(words);
    await jonas.openView('pending');
    await jonas.claim(words);
    await jonas.button('Send a form').click();
    const dialog = page.getByRole('dialog', { name: 'Send a form' });
    await dialog.getByRole('radio', { name: new RegExp(`^${name}`) }).check();
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();

    const opened = visitor.page.context().waitForEvent('page');
    await visitor.chat.getByRole('link', { name: 'Fill in the form' }).click();
    const there = await opened;
    await expect(there.getByRole('heading', { name: 'Claim at the factory' })).toBeVisible();
    const [at] = arrived;
    if (at === undefined) throw new Error('Nobody came');
    const [query = '', signature] = at.search.slice(1).split('&baton_signature=');
    expect(createHmac('sha256', secret).update(query).digest('hex')).toBe(signature);
    expect(at.searchParams.get('order')).toBe('1042');

    const body = JSON.stringify({ form: at.searchParams.get('baton_form'), answers: { order: '1042-7' } });
    const report = (by: string) => {
      const seconds = Math.floor(Date.now() / 1000);
      const v1 = createHmac('sha256', by).update(`${seconds}.${body}`).digest('hex');
      const headers = { 'content-type': 'application/json', 'baton-signature': `t=${seconds},v1=${v1}` };
      return fetch(`${world.baseUrl}/api/forms/report`, { method: 'POST', headers, body });
    };
    expect((await report('guessed')).status).toBe(401);
    expect((await report(secret)).status).toBe(200);
    expect((await report(secret)).status).toBe(409);
    await expect(jonas.conversation.getByText('Order: 1042-7')).toHaveCount(1);
    await expect(visitor.chat.getByText('You sent the form')).toHaveCount(1);
  } finally {
    elsewhere.close();
  }
});
