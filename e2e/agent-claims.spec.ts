import { heldLine } from './fixtures/held-line';
import { expect, ownWords, PEOPLE, test } from './fixtures/people';

const ASKS_AGAIN = 'Can I return a tent I have used once?';

test('a handoff appears in Pending by itself, with reason, priority and waiting time', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('The parcel came without the pegs');
  await expect(sam.row(words)).toHaveCount(0);
  await visitor.queueWith(words);

  const row = sam.row(words);
  await expect(row).toBeVisible();
  await expect(row).toContainText('Asked for a person');
  await expect(row).toContainText(/P[1-4]/);
  await expect(row.locator('time')).toContainText(/waiting \d+:\d\d/);
  await expect(row).toContainText('Orders');
  await expect(sam.page).toHaveTitle(/^\(\d+\) Pending/);
});

test('the card shows why and what is known, and the visitor meets the agent by name', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  await visitor.write('I want my money back for order A-10428, it was €640');
  await expect(visitor.offer).toBeVisible();
  await visitor.button('Connect now').click();
  await expect(visitor.queue).toBeVisible();
  const words = ownWords('I paid by Visa');
  await visitor.write(words);
  await sam.claim(words);

  const card = sam.conversation.getByRole('article', { name: 'Handoff' });
  await expect(card.getByText('Handed to a person')).toBeVisible();
  await expect(card.locator('.handoff-sum')).not.toBeEmpty();
  await expect(card.getByText('Live chat')).toBeVisible();
  await expect(sam.context.getByRole('heading', { name: 'Summary' })).toBeVisible();
  const why = sam.context.getByRole('listitem').filter({ hasText: 'Refund over the limit' });
  await expect(why).toContainText('fired');
  await expect(why).toContainText('640');
  await expect(sam.context.getByText('A-10428', { exact: true })).toBeVisible();

  await expect(visitor.chat.getByRole('heading', { name: /^Meet Sam/ })).toBeVisible();
  await expect(visitor.chat.getByRole('heading', { name: PEOPLE.sam.name })).toBeVisible();
  await expect(visitor.chat.getByText('You are talking to Sam, a person')).toBeVisible();
  await expect(visitor.chat.getByText('With a person', { exact: true })).toBeVisible();
});

test('of two who claim at the same moment one has it, the other is told who was faster', async ({
  agent,
  customer,
}) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  const line = await heldLine(ines.page);
  const visitor = await customer();
  const words = ownWords('Two of you may well want this one');
  await visitor.queueWith(words);
  await sam.openView('pending');
  await ines.openView('pending');
  const button = ines.row(words).getByRole('button', { name: /^Claim/ });
  await button.hover();
  // What Inés sees is a moment old: she presses what Sam has already taken.
  line.hold();
  await sam.claim(words);
  await button.click();
  line.release();

  await expect(ines.toasts).toContainText(/Sam Keller claimed this \d+\.\d s before you/);
  await expect(ines.withYou).toBeHidden();
  await expect(ines.conversation).toContainText('Sam Keller has this conversation. You may add a note.');
  await expect(ines.replyField).toHaveCount(0);
  await expect(visitor.chat.getByRole('heading', { name: PEOPLE.sam.name })).toBeVisible();
});

test('a claim that is lost while the button is pressed is told too, and takes nobody else', async ({
  agent,
  customer,
}) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  const visitor = await customer();
  const words = ownWords('Pressed as somebody else had it');
  await visitor.queueWith(words);
  await sam.openView('pending');
  await ines.openView('pending');
  const row = ines.row(words);
  await row.getByRole('button', { name: /^Claim/ }).hover();
  await ines.page.mouse.down();
  await sam.claim(words);
  await expect(row).toHaveAttribute('data-gone');
  await ines.page.mouse.up();
  await expect(ines.toasts).toContainText(/Sam Keller claimed this \d+\.\d s before you/);

  await expect(ines.conversation).toContainText('Sam Keller has this conversation.');
  await ines.page.keyboard.press('Escape');
  await ines.page.keyboard.press('c');
  await expect(ines.toasts.getByText(/Sam Keller claimed this/)).toHaveCount(2);
  await expect(ines.withYou).toBeHidden();
});

test('messages go both ways live, with typing and read state', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('My parcel is in Malmö');
  await visitor.queueWith(words);
  await sam.claim(words);

  await sam.replyField.pressSequentially('Let me');
  await expect(visitor.log.locator('.typing')).toBeVisible();
  await expect(visitor.chat.getByText('Sam Keller is writing')).toBeAttached();
  await sam.reply('Let me look where it is.');
  await expect(visitor.bubble('Let me look where it is.')).toBeVisible();
  await expect(visitor.log.locator('.typing')).toBeHidden();
  const mine = sam.conversation.locator('.msg-agent').filter({ hasText: 'Let me look where it is.' });
  await expect(mine).toContainText('Sam Keller, read at');

  // Typing is told at most every two seconds: one who has just sent something is seen when they type on.
  await expect(async () => {
    await visitor.field.press('t');
    await expect(sam.conversation.getByText('is typing')).toBeAttached({ timeout: 300 });
  }).toPass();
  await visitor.write('Thank you, I can wait.');
  await expect(sam.said('Thank you, I can wait.')).toBeVisible();
  await expect(visitor.log.locator('.me').last()).toContainText('Read');
});

test('a note stays inside', async ({ agent, customer }) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('The stove hisses');
  await visitor.queueWith(words);
  const id = await sam.claim(words);
  await ines.openView('pending', id);

  const secret = ownWords('Batch 24-07 again do not tell');
  await sam.note(secret);
  await expect(ines.said(secret)).toBeVisible();
  await expect(ines.conversation.locator('.note').filter({ hasText: secret })).toContainText('Internal note');
  const later = ownWords('One moment please');
  await sam.reply(later);

  await expect(visitor.bubble(later)).toBeVisible();
  await expect(visitor.log).not.toContainText(secret);
  await visitor.reopen();
  await expect(visitor.bubble(later)).toBeVisible();
  await expect(visitor.log).not.toContainText(secret);
  expect(visitor.heard.filter((frame) => frame.includes(later))).not.toEqual([]);
  expect(visitor.heard.filter((frame) => frame.includes(secret))).toEqual([]);
});

test('the bot is silent from the claim on', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('A person rather');
  await visitor.queueWith(words);
  await sam.claim(words);
  const fromBot = visitor.log.locator('.grp.ai .bub:not(.typing)');
  const before = await fromBot.count();
  await visitor.write(ASKS_AGAIN);
  await expect(sam.said(ASKS_AGAIN)).toBeVisible();

  // By the time that the bot has answered somebody else, it would have answered here.
  const other = await customer();
  await other.write(ASKS_AGAIN);
  await expect(other.log.getByRole('list', { name: 'Source' })).toBeVisible();
  await sam.reply('Yes, within sixty days.');
  await expect(visitor.bubble('Yes, within sixty days.')).toBeVisible();
  expect(await fromBot.count()).toBe(before);
});

test('releasing puts it back in line, and another may claim it', async ({ agent, customer }) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  await sam.openView('pending');
  await ines.openView('pending');
  const visitor = await customer();
  const words = ownWords('Please release me');
  await visitor.queueWith(words);
  await sam.claim(words);
  await sam.button('More').click();
  await sam.page.getByRole('menuitem', { name: 'Release to the queue' }).click();

  await expect(sam.withYou).toBeHidden();
  await expect(visitor.queue).toBeVisible();
  await ines.claim(words);
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Inés/ })).toBeVisible();
  await expect(visitor.chat.getByText('Sam put you back in line')).toBeVisible();
});

test('a colleague who is asked accepts, and has the note and the whole conversation; until then it stays', async ({
  agent,
  customer,
}) => {
  const [sam, ines] = [await agent('sam'), await agent('ines')];
  await sam.openView('pending');
  await ines.openView('mine');
  const visitor = await customer();
  const words = ownWords('Can the tent stand on rock');
  await visitor.queueWith(words);
  await sam.claim(words);
  const note = ownWords('She knows the Halla, please look at the pegs');
  await sam.button('Transfer (T)').click();
  const dialog = sam.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByRole('radio', { name: PEOPLE.ines.name }).check();
  await dialog.getByRole('textbox', { name: 'Note for them' }).fill(note);
  await dialog.getByRole('button', { name: 'Ask' }).click();

  await expect(dialog).toBeHidden();
  await expect(sam.conversation).toContainText(`${PEOPLE.ines.name} is asked to take over.`);
  const ring = ines.page.getByRole('alertdialog', { name: /^Incoming handoff/ });
  await expect(ring).toContainText(`${PEOPLE.sam.name} asks you to take over`);
  await expect(ring).toContainText(note);
  await sam.button('Withdraw').click();
  await expect(ring).toHaveCount(0);
  await expect(sam.withYou).toBeVisible();

  await sam.button('Transfer (T)').click();
  await dialog.getByRole('radio', { name: PEOPLE.ines.name }).check();
  await dialog.getByRole('button', { name: 'Ask' }).click();
  await ring.getByRole('button', { name: 'Decline' }).click();
  await expect(sam.toasts).toContainText(`${PEOPLE.ines.name} declined.`);
  await expect(sam.withYou).toBeVisible();
  await sam.reply('A moment, please.');
  await expect(visitor.bubble('A moment, please.')).toBeVisible();

  await sam.button('Transfer (T)').click();
  await dialog.getByRole('radio', { name: PEOPLE.ines.name }).check();
  await dialog.getByRole('button', { name: 'Ask' }).click();
  await ring.getByRole('button', { name: 'Accept' }).click();
  await expect(sam.toasts).toContainText(`${PEOPLE.ines.name} has`);
  await expect(sam.conversation).toContainText(`${PEOPLE.ines.name} has this conversation`);
  await expect(ines.withYou).toBeVisible();
  await expect(ines.said(words)).toBeVisible();
  await expect(ines.said(note)).toBeVisible();
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Inés/ })).toBeVisible();
  await expect(visitor.log).not.toContainText(note);
  await ines.reply('Rock is fine, with slings.');
  await expect(visitor.bubble('Rock is fine, with slings.')).toBeVisible();
});

test("a transfer to a team stands in that team's queue", async ({ agent, customer }) => {
  const [sam, ole] = [await agent('sam'), await agent('ole')];
  await sam.openView('pending');
  await ole.openView('pending');
  const visitor = await customer();
  const words = ownWords('Which boots for scree');
  await visitor.queueWith(words);
  await sam.claim(words);
  await expect(ole.row(words)).toHaveCount(0);
  await sam.button('Transfer (T)').click();
  const dialog = sam.page.getByRole('dialog', { name: 'Transfer' });
  await dialog.getByRole('radio', { name: 'Gear advice' }).check();
  await dialog.getByRole('button', { name: 'Transfer' }).click();

  await expect(ole.row(words)).toContainText('Gear advice');
  await expect(visitor.chat.getByRole('heading', { name: 'Connecting you to Gear advice' })).toBeVisible();
  await ole.claim(words);
  await expect(visitor.chat.getByRole('heading', { name: /^Meet Ole/ })).toBeVisible();
});

test('handed back, the bot answers again', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('Back to the bot with me');
  await visitor.queueWith(words);
  await sam.claim(words);
  await sam.button('Back to the bot (B)').click();

  await expect(visitor.chat.getByText('Sam handed you back to Fern')).toBeVisible();
  await expect(visitor.button('Talk to a person')).toBeVisible();
  await visitor.write(ASKS_AGAIN);
  await expect(visitor.log.getByRole('list', { name: 'Source' })).toBeVisible();
});

test('resolved, both are told, and it is found under Resolved', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('Only one question');
  await visitor.queueWith(words);
  await sam.claim(words);
  await sam.reply('Settled, have a good tour.');
  await expect(visitor.bubble('Settled, have a good tour.')).toBeVisible();
  await sam.button(/^Resolve/).click();

  await expect(sam.toasts).toContainText('Resolved.');
  await expect(visitor.chat.getByText('Sam marked this as resolved')).toBeVisible();
  await sam.page.getByRole('link', { name: 'Resolved' }).click();
  await expect(sam.row('Settled, have a good tour.').first()).toBeVisible();
});
