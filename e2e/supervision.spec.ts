import { expect, ownWords, PEOPLE, test } from './fixtures/people';

test('whoever supervises whispers, reassigns and takes over, by keyboard; everybody is told', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('My order came without its pegs');
  await visitor.queueWith(words);
  const id = await sam.claim(words);
  const ines = await agent('ines');
  await ines.openView('mine');

  const maya = await agent('maya');
  await maya.openView('team');
  await maya.rowOf(id).locator('.row-link').click();
  await expect(maya.conversation.getByText(`${PEOPLE.sam.name} has this conversation.`)).toBeVisible();
  await maya.page.keyboard.press('n');
  await expect(maya.conversation.getByRole('tab', { name: 'Whisper to Sam' })).toBeVisible();
  await maya.page.keyboard.type('Send them a full set, not single pegs.');
  await maya.page.keyboard.press('Enter');
  await expect(sam.said('Send them a full set')).toBeVisible();
  expect(visitor.heard.join()).not.toContain('full set');

  await maya.page.keyboard.press('Escape');
  await maya.page.keyboard.press('t');
  const dialog = maya.page.getByRole('dialog', { name: 'Reassign' });
  await expect(dialog.getByRole('radio', { name: PEOPLE.sam.name })).toHaveCount(0);
  await expect(dialog.getByRole('radio', { name: PEOPLE.ole.name })).toHaveCount(0);
  await dialog.getByRole('radio', { name: PEOPLE.ines.name }).check({ force: true });
  await dialog.getByRole('textbox', { name: 'Note for them' }).fill('Sam has a queue of his own.');
  await dialog.getByRole('button', { name: 'Reassign' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(sam.toasts).toContainText(/^Maya Lindqvist gave .* to Inés Prado\./);
  await expect(sam.withYou).toHaveCount(0);
  await expect(ines.toasts).toContainText(/^Maya Lindqvist gave you /);
  await ines.toasts.getByRole('button', { name: 'Open' }).click();
  await expect(ines.withYou).toBeVisible();
  await expect(ines.said('Sam has a queue of his own.')).toBeVisible();
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Inés/ })).toBeVisible();

  await expect(maya.conversation.getByText(`${PEOPLE.ines.name} has this conversation.`)).toBeVisible();
  await maya.conversation.getByRole('region', { name: /^Messages with/ }).focus();
  await maya.page.keyboard.press('o');
  await expect(maya.withYou).toBeVisible();
  await expect(maya.replyField).toBeFocused();
  await expect(ines.toasts).toContainText(/Maya Lindqvist took over .* from you\./);
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Maya/ })).toBeVisible();
  await maya.page.keyboard.type('I have sent you a full set.');
  await maya.page.keyboard.press('Enter');
  await expect(visitor.bubble('I have sent you a full set.')).toBeVisible();
});

test('an agent has no such verbs', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('My mug lost its handle');
  await visitor.queueWith(words);
  const id = await sam.claim(words);
  const ines = await agent('ines');
  await ines.openView('team', id);
  await expect(ines.conversation.getByText(`${PEOPLE.sam.name} has this conversation.`)).toBeVisible();
  await expect(ines.button('More')).toHaveCount(0);
  await expect(ines.button(/^Take over/)).toHaveCount(0);
});

test('whoever supervises joins beside the agent under their own name, and leaves again', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('My sleeping bag smells of the factory');
  await visitor.queueWith(words);
  const id = await sam.claim(words);
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Sam/ })).toBeVisible();
  const maya = await agent('maya');
  await maya.openView('team', id);
  await expect(maya.conversation.getByText(`${PEOPLE.sam.name} has this conversation.`)).toBeVisible();

  await maya.page.keyboard.press('Shift+O');
  await expect(maya.replyField).toBeFocused();
  await expect(visitor.chat.getByText('Maya joined', { exact: true })).toBeVisible();
  await expect(sam.conversation.getByText(`${PEOPLE.maya.name} joined`)).toBeVisible();
  await maya.page.keyboard.type('Air it for a day, and it is gone.');
  await maya.page.keyboard.press('Enter');
  await expect(visitor.bubble('Air it for a day')).toBeVisible();
  await expect(visitor.log.getByText('Maya', { exact: true })).toBeVisible();
  await expect(sam.conversation.locator('.msg-agent').filter({ hasText: 'Air it for a day' })).toContainText(
    PEOPLE.maya.name,
  );
  await expect(sam.withYou).toBeVisible();
  await sam.reply('And I have sent you a spare bag.');
  await expect(visitor.bubble('a spare bag')).toBeVisible();

  await maya.page.keyboard.press('Escape');
  await maya.button(/^Leave/).click();
  await expect(visitor.chat.getByText('Maya left', { exact: true })).toBeVisible();
  await expect(maya.replyField).toHaveCount(0);
});
