import { expect, ownWords, PEOPLE, test } from './fixtures/people';

test('an agent steps into a talk of the bot, which falls silent', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('live');
  const visitor = await customer();
  await visitor.write('Which gas fits the Morning set?');
  await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();
  const words = ownWords('And how long does a gas canister last');
  await visitor.write(words);
  await expect(visitor.log.getByRole('list', { name: 'Source' })).toHaveCount(2);

  await sam.page.goto('/inbox/live');
  const newest = sam.queue.getByRole('listitem').first();
  await newest.locator('.row-link').click();
  await expect(sam.said(words)).toBeVisible();
  await expect(sam.conversation.getByText('Fern is answering.')).toBeVisible();
  await sam.button(/^Take over/).click();

  await expect(sam.withYou).toBeVisible();
  await expect(sam.replyField).toBeFocused();
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Sam/ })).toBeVisible();
  await expect(visitor.chat.getByText('You are talking to Sam, a person')).toBeVisible();
  await expect(sam.conversation.getByText('Taken over from the bot')).toBeVisible();

  const fromBot = visitor.log.locator('.grp.ai .bub:not(.typing)');
  const before = await fromBot.count();
  await visitor.write('Which gas fits the Morning set?');
  const other = await customer();
  await other.write('Which gas fits the Morning set?');
  await expect(other.log.getByRole('list', { name: 'Source' })).toBeVisible();
  await sam.reply('Any screw-on one.');
  await expect(visitor.bubble('Any screw-on one.')).toBeVisible();
  expect(await fromBot.count()).toBe(before);
  await sam.page.getByRole('link', { name: /^Mine/ }).click();
  await expect(sam.row('Any screw-on one.')).toContainText('With you');
  await expect(sam.conversation.getByText(PEOPLE.sam.name)).toHaveCount(0);
});
