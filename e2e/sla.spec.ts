import { expect, ownWords, test } from './fixtures/people';
import { promise } from './fixtures/sla-policy';

const SECOND = 1000;
/** What is waited for is a clock of several seconds; a fifth of it is at risk, long enough to be looked at. */
const OF_TIME = { timeout: 20 * SECOND };

test('at risk and breached appear by themselves, and an admin is told', async ({
  agent,
  customer,
  world,
}) => {
  await promise(world, { firstResponseMs: 15 * SECOND, nextResponseMs: null, resolutionMs: null });
  const sam = await agent('sam');
  await sam.openView('pending');
  const admin = await agent('jonas');
  await admin.openView('mine');
  const visitor = await customer();
  const words = ownWords('The zip of my tent came off');
  await visitor.queueWith(words);

  const chip = sam.row(words).locator('.sla');
  await expect(chip).toHaveAttribute('data-s', 'ok');
  await expect(chip).toHaveAttribute('data-s', 'risk', OF_TIME);
  await expect(chip).toContainText(/0:0[123] left/);
  await expect(chip).toHaveAttribute('data-s', 'breached', OF_TIME);
  await expect(chip).toContainText(/Breached \+0:0\d/);
  await expect(admin.toasts).toContainText(/Breached: first response/);

  await sam.claim(words);
  await expect(sam.conversation.locator('.pane-head .sla')).toHaveAttribute('data-s', 'breached');
  await sam
    .button(/events$/)
    .last()
    .click();
  await expect(sam.conversation.getByText('Breached: first response')).toBeVisible();
  await sam.reply('I am sorry it took so long.');
  await expect(sam.conversation.locator('.pane-head .sla')).toContainText('Breached');
});

test('a reply in time is met; while the customer is waited for, the clock stands still', async ({
  agent,
  customer,
  world,
}) => {
  await promise(world, {
    firstResponseMs: 300 * SECOND,
    nextResponseMs: 240 * SECOND,
    resolutionMs: null,
  });
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('Which pole fits mine');
  await visitor.queueWith(words);
  await sam.claim(words);
  const chip = sam.conversation.locator('.pane-head .sla');
  await expect(chip).toContainText(/4:5\d/);
  await sam.reply('The 11 mm one.');
  await expect(chip).toHaveAttribute('data-s', 'met');
  await visitor.write('And for the fly?');
  await expect(chip).toHaveAttribute('data-s', 'ok');
  await expect(chip).toContainText(/3:5\d/);
  await sam.reply('The 9 mm one.');
  await expect(chip).toHaveAttribute('data-s', 'paused');
});
