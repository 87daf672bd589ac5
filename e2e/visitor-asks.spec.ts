import { expect, ownWords, test } from './fixtures/people';

test('the bot answers from the knowledge base and names its source', async ({ customer }) => {
  const visitor = await customer();
  await visitor.write('Can I return a tent I have used once?');
  const answer = visitor.log.locator('.grp.ai').filter({ hasText: /60 days|sixty days/i });
  await expect(answer).toBeVisible();
  await expect(answer.getByRole('list', { name: 'Source' })).toContainText(/return/i);
  await expect(visitor.chat.getByText('You are talking to AI. It can be wrong.')).toBeVisible();
});

test('a question of the shop page is asked in the chat', async ({ customer }) => {
  const visitor = await customer();
  await visitor.page.getByRole('button', { name: 'Can I return a tent I used?' }).click();
  await expect(visitor.bubble('Can I return a tent I used?')).toBeVisible();
  await expect(visitor.log.getByRole('list', { name: 'Source' }).first()).toBeVisible();
});

test('asking for a person in plain words is granted at once', async ({ customer }) => {
  const visitor = await customer();
  await visitor.write('please can I just speak to a real human being');
  await expect(visitor.offer).toBeVisible();
  await expect(visitor.chat.getByText('You asked for a person, and you can have one.')).toBeVisible();
  await expect(visitor.button('Connect now')).toBeVisible();
  await expect(visitor.button('Share details first')).toBeVisible();
});

test('what the bot may not decide makes it offer a person', async ({ customer }) => {
  const visitor = await customer();
  await visitor.write('I want a refund of €640 for my tent');
  await expect(visitor.offer).toBeVisible();
  await expect(visitor.button('Connect now')).toBeVisible();
});

test('who asks twice why this is so hard is offered a person, with the reason', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  const visitor = await customer();
  await visitor.write('Why is this so hard');
  await visitor.write('Why is this so hard');
  await expect(visitor.offer).toHaveCount(1);
  await expect(visitor.chat.getByText('You should not have to go round in circles.')).toBeVisible();
  await expect(visitor.button('Connect now')).toBeVisible();

  // Nobody has been put in line: it is still a talk of the bot, and its mood is seen.
  await sam.openView('live');
  const row = sam.queue.getByRole('listitem').first();
  await expect(row).toContainText('Frustrated');
  await row.locator('.row-link').click();
  await expect(sam.page.getByRole('complementary', { name: 'Context' })).toContainText('MoodFrustrated');
});

test('"Talk to a person" opens the offer, and "Connect now" puts one in line', async ({ customer }) => {
  const visitor = await customer();
  await visitor.askForPerson();
  await expect(visitor.button('Connect now')).toBeFocused();
  await visitor.button('Connect now').click();
  await expect(visitor.queue).toBeVisible();
  await expect(visitor.chat.getByText('Nothing need be repeated')).toBeVisible();
  await expect(visitor.chat.getByText(/^\d+(st|nd|rd|th)$/)).toBeVisible();
  await expect(visitor.chat.getByText(/^in line · (you are next|\d+ ahead)$/)).toBeVisible();
  await expect(visitor.button(/^\d+(st|nd|rd|th) in line$/)).toBeVisible();
});

test('with details first, the next message is what puts one in line', async ({ customer }) => {
  const visitor = await customer();
  const words = ownWords('The zip of my Halla 3 tore on the second night');
  await visitor.queueWith(words);
  await expect(visitor.bubble(words)).toHaveCount(1);
  await expect(visitor.chat.getByText('Nothing need be repeated')).toBeVisible();
});

test('carrying on with the bot puts the offer away', async ({ customer }) => {
  const visitor = await customer();
  await visitor.askForPerson();
  await visitor.button('Carry on here with Fern').click();
  await expect(visitor.offer).toBeHidden();
  await expect(visitor.chat.getByText('Carrying on with Fern')).toBeVisible();
  await visitor.write('Which gas fits the Morning set?');
  await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();
});

test('one may leave the line, and the bot goes on', async ({ customer }) => {
  const visitor = await customer();
  await visitor.askForPerson();
  await visitor.button('Connect now').click();
  await visitor.button('Leave the line').click();
  await expect(visitor.queue).toBeHidden();
  await expect(visitor.chat.getByText('You left the line')).toBeVisible();
  await expect(visitor.button('Talk to a person')).toBeVisible();
});
