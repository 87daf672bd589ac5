import { readFileSync } from 'node:fs';
import { faultsOf } from './fixtures/axe';
import { expect, test } from './fixtures/people';

const json = (text: string) => ({
  name: 'rules.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
});

test('a customer on an enterprise page is told to the team, labelled, and seen where they are', async ({
  agent,
  customer,
}) => {
  const desk = await agent('jonas');
  const { page } = desk;
  // On a page without conversations: word comes there too, and its button leads to the talk.
  const connected = page.waitForEvent('websocket').then((socket) =>
    socket.waitForEvent('framereceived', {
      predicate: ({ payload }) => `${payload}`.includes('serverNow'),
    }),
  );
  await page.goto('/reports');
  await connected;
  const visitor = await customer();
  await visitor.page.evaluate(async () => {
    const arrived = new Promise((settle) =>
      (window as unknown as { navigation: EventTarget }).navigation.addEventListener(
        'navigatesuccess',
        settle,
      ),
    );
    history.pushState(null, '', '/shop/enterprise?voucher=s3cret#pay');
    await arrived;
  });
  await visitor.write('Can I return a tent I have used once?');
  await page.getByText('A talk your team may want to see: “Enterprise page: tell sales”.').waitFor();
  await page.getByRole('button', { name: 'Open' }).click();
  await expect(page).toHaveURL(/\/inbox\/live\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('listitem').filter({ hasText: /^Enterprise$/ })).toBeVisible();
  await expect(page.getByText(/\/shop\/enterprise$/)).toBeVisible();
  await expect(page.locator('.row.is-selected').getByText('Enterprise', { exact: true })).toBeVisible();
  await expect(page.locator('body')).not.toContainText('s3cret');
  expect(await faultsOf(page, 'a labelled talk')).toEqual([]);
});

test('an engaged customer who asks for prices is offered a consultant, and the desk knows it for an opportunity', async ({
  agent,
  customer,
}) => {
  const visitor = await customer();
  await visitor.page.evaluate(() => {
    sessionStorage['baton:visit'] = JSON.stringify([7, Date.now() - 600_000]);
  });
  await visitor.page.evaluate(async () => {
    const arrived = new Promise((settle) =>
      (window as unknown as { navigation: EventTarget }).navigation.addEventListener(
        'navigatesuccess',
        settle,
      ),
    );
    history.pushState(null, '', '/shop/enterprise');
    await arrived;
  });
  await visitor.write('Can I return a tent I have used once?');
  await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();
  await expect(visitor.offer).toBeHidden();
  await visitor.write('How much does it cost, what is the price of shipping?');
  await expect(visitor.offer).toBeVisible();
  await expect(visitor.log.getByText('A consultant can look at this with you.')).toBeVisible();
  expect(await faultsOf(visitor.page, 'an opportunity')).toEqual([]);
  await visitor.button('Connect now').click();
  await expect(visitor.queue).toBeVisible();
  const desk = await agent('jonas');
  await desk.openView('pending');
  await expect(desk.row('Opportunity').first()).toBeVisible();
});

test('rules are written, run dry, saved and obeyed, and leave and come back as a file', async ({
  agent,
  customer,
}) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/rules');
  await expect(page.getByRole('textbox', { name: 'Name of rule 9' })).toHaveValue(
    'Outside hours: leave an address',
  );
  await page.getByLabel('Import').setInputFiles(json('{"rules":[]}'));
  await expect(page.getByText('There are no rules')).toBeVisible();
  const visitor = await customer();
  await visitor.write('Can I return a tent I have used once?');
  await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();

  await page.getByRole('button', { name: 'Add a rule' }).click();
  await page.getByRole('textbox', { name: 'Name of rule 1' }).fill('Quaggas');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/Rule 1, “Quaggas” \(when\.0\.has\): Name at least one\./)).toBeVisible();
  await page.getByRole('textbox', { name: /^Words for condition 1/ }).fill('nothing, tent I have used once');
  await page.getByRole('combobox', { name: /^Action 1/ }).selectOption('escalate');
  await page.getByRole('button', { name: 'Action', exact: true }).click();
  await page.getByRole('combobox', { name: /^Action 2/ }).selectOption('priority');
  await page.getByRole('combobox', { name: /^Priority/ }).selectOption('1');
  await page.getByRole('button', { name: 'Run over past conversations' }).click();
  await expect(page.getByRole('complementary', { name: 'Dry run' })).toContainText(
    /Of the newest \d+ conversations, /,
  );
  expect(await faultsOf(page, 'rules')).toEqual([]);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();

  const next = await customer();
  await next.write('Can I return a tent I have used once?');
  await expect(next.log.getByText('This is one for a person.')).toBeVisible();
  await next.button('Connect now').click();
  await expect(next.queue).toBeVisible();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const file = await (await downloading).path();
  const kept = readFileSync(file, 'utf8');
  expect(JSON.parse(kept).rules).toMatchObject([
    { name: 'Quaggas', act: [{ do: 'escalate' }, { do: 'priority', priority: 1 }] },
  ]);
  await page.getByRole('button', { name: 'Remove Quaggas' }).click();
  await page.getByRole('button', { name: 'Add the starter rules' }).click();
  await page.getByRole('button', { name: 'Move Asks for a manager up' }).click();
  await expect(page.getByRole('textbox', { name: 'Name of rule 3' })).toHaveValue('Asks for a manager');
  expect(await faultsOf(page, 'starter rules')).toEqual([]);
  await page.getByLabel('Import').setInputFiles(json(kept.replace('escalate', 'explode')));
  await expect(page.getByText(/There is no such action/).first()).toBeVisible();
  await page.getByLabel('Import').setInputFiles(json('{'));
  await expect(page.getByText('The JSON is malformed.')).toBeVisible();
  await page.getByLabel('Import').setInputFiles(json(kept));
  await expect(page.getByRole('textbox', { name: 'Name of rule 1' })).toHaveValue('Quaggas');
  await page.getByRole('button', { name: 'Remove Quaggas' }).click();
  await page.getByRole('button', { name: 'Add the starter rules' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. It holds from now on.')).toBeVisible();
  await page.goto('/audit?of=settings&kind=rules.changed');
  await expect(page.getByText(/^added Quaggas/)).toBeVisible();
});
