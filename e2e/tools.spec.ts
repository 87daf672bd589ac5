import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { faultsOf } from './fixtures/axe';
import { expect, test as inSharedWorld } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** A world of its own: what the bot goes without here, others' tests ask for. Teams are there around the clock. */
const test = inSharedWorld.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    async ({}, use) =>
      withFreshWorld(async (world) => {
        const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
        await sql`delete from settings where key like 'hours:%'`;
        await sql.end({ timeout: 5 });
        await world.restart({ BATON_INTERNAL_HOSTS: '127.0.0.1' });
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('who asks to be called has the times before them, until an admin takes the tool from the bot', async ({
  agent,
  customer,
}) => {
  const visitor = await customer();
  await visitor.write('Can you call me tomorrow at 3?');
  await expect(visitor.log.getByText('We can call you. Choose one of these times')).toBeVisible();
  const times = visitor.log.locator('.slots');
  await expect(times.getByRole('radio').first()).toBeChecked();
  await expect(times.getByText(/15:00|3:00/).first()).toBeVisible();

  const { page } = await agent('jonas');
  await page.goto('/settings/tools');
  await page.getByRole('checkbox', { name: 'Book a call' }).uncheck();
  await expect(page.getByText('The bot offers no calls. Agents can agree them.')).toBeVisible();
  expect(await faultsOf(page, 'tools')).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();

  const next = await customer();
  await next.write('Can you call me tomorrow at 3?');
  await expect(next.button('Connect now')).toBeVisible();
  await expect(next.log.getByText('We can call you')).toBeHidden();
  await expect(next.button('Choose a time')).toBeHidden();

  await page.goto('/audit?of=settings&kind=tools.changed');
  await expect(page.getByText('Fern: schedule_callback off')).toBeVisible();
});

test('what an admin describes is looked up elsewhere, and answers with its source', async ({
  agent,
  customer,
}) => {
  const shop = createServer((request, response) => {
    const isKnown = request.url === '/orders/LF-20417' && request.headers.authorization === 'Bearer sesame';
    response.writeHead(isKnown ? 200 : 404).end('{"status":"on its way"}');
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const { page } = await agent('jonas');
  await page.goto('/settings/tools');
  await page.getByRole('link', { name: 'New look-up' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Order status');
  await page.getByRole('textbox', { name: 'Phrases' }).fill('where is my quagga');
  await page.getByRole('button', { name: 'Add an argument' }).click();
  await page.getByRole('textbox', { name: 'Label' }).fill('Order');
  await page.getByRole('textbox', { name: 'Patterns' }).fill('LF-#####');
  await page.getByRole('textbox', { name: 'The bot asks' }).fill('What is your order number?');
  await page
    .getByRole('textbox', { name: 'Address' })
    .fill(`http://127.0.0.1:${(shop.address() as AddressInfo).port}/orders/{order}`);
  await page.getByRole('button', { name: 'Add a header' }).click();
  await page.getByRole('textbox', { name: 'Header', exact: true }).fill('Authorization');
  await page.getByRole('textbox', { name: 'Value', exact: true }).fill('Bearer sesame');
  await page.getByRole('button', { name: 'Add a value' }).click();
  await page.getByRole('textbox', { name: 'Path in the answer' }).fill('status');
  await page.getByRole('textbox', { name: /^Answer/ }).fill('Order {order} is {stat}.');
  await page.getByRole('button', { name: 'Save look-up' }).click();
  await expect(page.getByText('There is no {stat}: name an argument or a value.')).toBeVisible();
  await page.getByRole('textbox', { name: /^Answer/ }).fill('Order {order} is {status}.');
  const trial = page.getByRole('complementary', { name: 'Try it' });
  await trial.getByRole('textbox', { name: 'Order' }).fill('LF-20417');
  await trial.getByRole('button', { name: 'Look it up' }).click();
  await expect(trial.getByText('Order LF-20417 is on its way.')).toBeVisible();
  expect(await faultsOf(page, 'look-up')).toEqual([]);
  await page.getByRole('button', { name: 'Save look-up' }).click();
  await expect(page).toHaveURL(/\/settings\/tools\/[0-9a-f-]{36}$/);
  await expect(page.getByPlaceholder('Kept sealed. Write to replace it.')).toHaveValue('');
  expect(await page.content()).not.toContain('sesame');
  await page.getByRole('link', { name: 'Tools' }).first().click();
  await expect(page.getByRole('checkbox', { name: 'Order status' })).toBeChecked();
  expect(await faultsOf(page, 'tools with a look-up')).toEqual([]);

  const visitor = await customer();
  await visitor.write('Where is my quagga?');
  await expect(visitor.log.getByText('What is your order number?')).toBeVisible();
  await visitor.write('It is LF-20417');
  await expect(visitor.log.getByText('Order LF-20417 is on its way.')).toBeVisible();
  await expect(visitor.log.getByRole('list', { name: 'Source' }).getByText('Order status')).toBeVisible();
  shop.close();
});

test('a model is configured, and its key is never shown again', async ({ agent }) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/model');
  await page.getByRole('checkbox', { name: 'In use' }).check();
  await page.getByRole('textbox', { name: /^Key/ }).fill('sk-sesame');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Needed while it is in use.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'In use' }).uncheck();
  await page.getByRole('textbox', { name: 'Address' }).fill('https://models.example/v1');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();
  expect(await faultsOf(page, 'model')).toEqual([]);
  await page.reload();
  await expect(page.getByPlaceholder('Kept sealed. Write to replace it.')).toHaveValue('');
  expect(await page.content()).not.toContain('sesame');
});

test('the answer of a model grows before the customer, and ends as one message', async ({
  agent,
  customer,
}) => {
  const chunk = (content: string | null) =>
    `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: content === null ? {} : { content }, finish_reason: content === null ? 'stop' : null }] })}\n\n`;
  let stream: ServerResponse | undefined;
  const endpoint = createServer((_, response) => {
    stream = response.writeHead(200, { 'content-type': 'text/event-stream' });
    stream.flushHeaders();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
  const { page } = await agent('jonas');
  await page.goto('/settings/model');
  await page.getByRole('checkbox', { name: 'In use' }).check();
  await page
    .getByRole('textbox', { name: 'Address' })
    .fill(`http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`);
  await page.getByRole('textbox', { name: 'Model' }).fill('m');
  await page.getByRole('textbox', { name: /^Key/ }).fill('sk-other');
  await page.getByRole('textbox', { name: 'Seconds' }).fill('9');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();

  const visitor = await customer();
  await visitor.write('Can I return a tent I have used once?');
  await expect(visitor.log.locator('.typing')).toBeVisible();
  await expect.poll(() => stream).toBeDefined();
  stream?.write(chunk('Keep it for a while. You '));
  const growing = visitor.bubble('Keep it for a while.');
  await expect(growing).toHaveText('Keep it for a while.');
  await expect(visitor.log.locator('.typing')).toBeHidden();
  await expect(visitor.log.locator('.grp[aria-hidden]')).toHaveText(/Keep it for a while/);

  await visitor.reopen();
  await expect(visitor.bubble('Can I return a tent')).toHaveCount(1);
  await expect(growing).toBeHidden();
  stream?.write(chunk('have sixty days. And '));
  await expect(growing).toHaveText('Keep it for a while. You have sixty days.');
  stream?.end(`${chunk('more.')}${chunk(null)}data: [DONE]\n\n`);
  await expect(growing).toContainText('Keep it for a while. You have sixty days. And more.');
  await expect(growing.getByRole('list', { name: 'Source' })).toBeVisible();
  await expect(visitor.log.locator('.grp[aria-hidden]')).toHaveCount(0);
  await visitor.reopen();
  await expect(growing).toHaveCount(1);

  await page.getByRole('checkbox', { name: 'In use' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();
  endpoint.closeAllConnections();
  endpoint.close();
});
