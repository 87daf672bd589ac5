import { faultsOf } from './fixtures/axe';
import { expect, ownWords, test } from './fixtures/people';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test('the inbox in every state', async ({ agent, customer }) => {
      const sam = await agent('sam', { colorScheme });
      const { page } = sam;
      const faults: string[] = [];
      const look = async (state: string) => faults.push(...(await faultsOf(page, state)));
      await sam.openView('pending');
      await look('nothing open');

      const visitor = await customer();
      await visitor.write('I want my money back for order A-10428, it was €640');
      await visitor.button('Connect now').click();
      await expect(visitor.queue).toBeVisible();
      const words = ownWords('It came by post');
      await visitor.write(words);
      const row = sam.row(words);
      const id = await sam.idOf(row);
      await row.locator('.row-link').click();
      await expect(sam.said(words)).toBeVisible();
      await look('pending');
      await sam.claim(words);
      await look('mine, with the drafted greeting');
      await sam.note('Known fault.');
      await expect(sam.conversation.locator('.note')).toBeVisible();
      await look('mine, writing a note');
      await sam.reply('Hello, I have read it all.');
      await expect(sam.conversation.locator('.msg-agent')).toContainText('read at');
      await look('mine');
      await sam.button('More').click();
      await look('the menu');
      await page.keyboard.press('Escape');
      await sam.button('Transfer (T)').click();
      await expect(page.getByRole('dialog', { name: 'Transfer' })).toBeVisible();
      await look('transfer');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await sam.queue.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      await look('keys');
      await page.keyboard.press('Escape');
      await sam.openView('live');
      await sam.queue.locator('.row-link').first().click();
      await expect(sam.button(/^Take over/)).toBeVisible();
      await look('with the bot');
      await sam.openView('resolved');
      await sam.queue.locator('.row-link').first().click();
      await expect(sam.conversation).toBeVisible();
      await look('resolved');
      await sam.openView('mine', id);
      await page.context().setOffline(true);
      await expect(page.getByText('No connection.')).toBeVisible();
      await look('no connection');
      expect(faults).toEqual([]);
    });

    test('the pages of an admin, signing in and joining', async ({ agent, browser, world }) => {
      const { page } = await agent('jonas', { colorScheme });
      const faults: string[] = [];
      for (const path of ['/reports', '/audit', '/audit?of=settings', '/people']) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        faults.push(...(await faultsOf(page, path)));
      }
      await page.goto('/audit');
      await page.getByRole('table').getByRole('link').first().click();
      await expect(page.getByRole('heading', { level: 1, name: /^Audit trail of/ })).toBeVisible();
      faults.push(...(await faultsOf(page, 'trail')));
      await page.goto('/people');
      await page.getByLabel('E-mail').fill(`guest-${colorScheme}@larkfell.example`);
      await page.getByRole('button', { name: 'Make the link' }).click();
      const link = (await page.locator('.invite-link code').textContent()) ?? '';
      faults.push(...(await faultsOf(page, 'invited')));

      const stranger = await browser.newContext({ baseURL: world.baseUrl, colorScheme });
      const door = await stranger.newPage();
      await door.goto('/sign-in');
      faults.push(...(await faultsOf(door, 'sign-in')));
      await door.goto(link);
      await expect(door.getByRole('heading', { name: 'Join the desk' })).toBeVisible();
      faults.push(...(await faultsOf(door, 'join')));
      await door.getByLabel('Name').fill('Guest');
      await door.getByLabel('Password').fill('short');
      await door.getByRole('button', { name: 'Join' }).click();
      await expect(door.locator('.field-fault')).toBeVisible();
      faults.push(...(await faultsOf(door, 'join, refused')));
      await stranger.close();
      expect(faults).toEqual([]);
    });

    test('the chat in every state', async ({ agent, customer }) => {
      const visitor = await customer({ colorScheme });
      const { page } = visitor;
      const faults: string[] = [];
      const look = async (state: string) => faults.push(...(await faultsOf(page, state)));
      await expect(visitor.chat.getByRole('heading', { name: 'Often asked' })).toBeVisible();
      await look('home');
      await visitor.write('Can I return a tent I have used once?');
      await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();
      await look('answer');
      await visitor.askForPerson();
      await look('offer');
      await visitor.button('Share details first').click();
      await expect(visitor.chat.getByRole('heading', { name: 'What should they know?' })).toBeVisible();
      await look('details');
      const words = ownWords('It rained');
      await visitor.write(words);
      await expect(visitor.queue).toBeVisible();
      await look('waiting');
      const maya = await agent('maya');
      await maya.openView('pending');
      await maya.claim(words);
      await maya.reply('Hello, here I am.');
      await expect(visitor.bubble('Hello, here I am.')).toBeVisible();
      await look('joined');
      await page.context().setOffline(true);
      await visitor.write('still here');
      await expect(visitor.chat.getByText('No connection', { exact: true })).toBeVisible();
      await look('no connection');
      await page.context().setOffline(false);
      await expect(visitor.chat.getByText('No connection', { exact: true })).toBeHidden();
      await maya.button(/^Resolve/).click();
      await expect(visitor.chat.getByText('Maya marked this as resolved')).toBeVisible();
      await look('resolved');
      expect(faults).toEqual([]);
    });
  });
}
