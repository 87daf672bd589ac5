import { expect, ownWords, test } from './fixtures/people';
import type { DeskPage } from './pages/desk';
import { WidgetPage } from './pages/widget';

test('what is typed without a network is kept, and goes out once and in order', async ({ customer }) => {
  const visitor = await customer();
  const mark = ownWords('cut');
  await visitor.write(`before the ${mark}`);
  await expect(visitor.log.locator('.grp.ai .bub:not(.typing)').first()).toBeVisible();

  await visitor.page.context().setOffline(true);
  await visitor.write(`first after the ${mark}`);
  await visitor.write(`second after the ${mark}`);
  await expect(visitor.chat.getByText('Kept here, sends by itself')).toBeVisible();
  await expect(visitor.chat.getByText('No connection', { exact: true })).toBeVisible();
  await visitor.page.context().setOffline(false);

  await expect(visitor.chat.getByText('Kept here, sends by itself')).toBeHidden();
  await expect(visitor.chat.getByText('Sending')).toBeHidden();
  expect(await ownIn(visitor, mark)).toEqual([
    `before the ${mark}`,
    `first after the ${mark}`,
    `second after the ${mark}`,
  ]);
});

test('a page closed without a network loses nothing: opened again it sends and shows all of it', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const mark = ownWords('storm');
  await visitor.queueWith(`before the ${mark}`);
  await sam.claim(`before the ${mark}`);
  await sam.reply(`heard before the ${mark}`);
  await expect(visitor.bubble(`heard before the ${mark}`)).toBeVisible();

  const context = visitor.page.context();
  await context.setOffline(true);
  await visitor.write(`first in the ${mark}`);
  await visitor.write(`second in the ${mark}`);
  await expect(visitor.bubble(`second in the ${mark}`)).toBeVisible();
  await sam.reply(`meanwhile in the ${mark}`);
  await expect(sam.said(`meanwhile in the ${mark}`)).toBeVisible();
  await visitor.page.close();
  await context.setOffline(false);

  const back = new WidgetPage(await context.newPage());
  await back.reopen();
  await expect(back.bubble(`meanwhile in the ${mark}`)).toBeVisible();
  await expect(back.log.locator('.me').last()).toContainText(/Sent|Read/);
  await back.write(`third after the ${mark}`);
  await expect(sam.said(`third after the ${mark}`)).toBeVisible();

  const all = [
    `before the ${mark}`,
    `heard before the ${mark}`,
    `meanwhile in the ${mark}`,
    `first in the ${mark}`,
    `second in the ${mark}`,
    `third after the ${mark}`,
  ];
  await expect.poll(() => back.saidWith(mark)).toEqual(all);
  expect(await threadOf(sam, mark)).toEqual(all);
  await back.reopen();
  await expect.poll(() => back.saidWith(mark)).toEqual(all);
});

test('a server that dies and comes back loses and doubles nothing, on both sides', async ({
  agent,
  customer,
  world,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const mark = ownWords('kill');
  await visitor.queueWith(`before the ${mark}`);
  await sam.claim(`before the ${mark}`);

  await world.kill();
  await visitor.write(`customer during the ${mark}`);
  await sam.reply(`agent during the ${mark}`);
  await expect(visitor.chat.getByText('Kept here, sends by itself')).toBeVisible();
  await expect(sam.page.getByText('No connection. 1 kept, sent by itself.')).toBeVisible();
  await world.restart();

  await expect(visitor.bubble(`agent during the ${mark}`)).toBeVisible({ timeout: 20_000 });
  await expect(sam.said(`customer during the ${mark}`)).toBeVisible({ timeout: 20_000 });
  await sam.reply(`agent after the ${mark}`);
  await expect(visitor.bubble(`agent after the ${mark}`)).toBeVisible();
  const [onDesk, inChat] = [await threadOf(sam, mark), await visitor.saidWith(mark)];
  expect(inChat).toEqual(onDesk);
  expect([...onDesk].sort()).toEqual([
    `agent after the ${mark}`,
    `agent during the ${mark}`,
    `before the ${mark}`,
    `customer during the ${mark}`,
  ]);
});

function ownIn(visitor: WidgetPage, words: string): Promise<string[]> {
  return visitor.log.locator('.me .bub').filter({ hasText: words }).allInnerTexts();
}

function threadOf(desk: DeskPage, words: string): Promise<string[]> {
  return desk.said(words).allInnerTexts();
}
