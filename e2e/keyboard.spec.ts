import type { Locator, Page } from 'playwright/test';
import { expect, ownWords, PEOPLE, test } from './fixtures/people';
import type { DeskPage } from './pages/desk';

/** What has the focus, as a person without a pointer would say it. */
function focused(page: Page): Locator {
  return page.locator(':focus');
}

/** Goes down the list with `j` until the row with these words is the one at hand. */
async function walkTo(desk: DeskPage, words: string): Promise<Locator> {
  const row = desk.row(words);
  await expect(row).toBeVisible();
  const count = await desk.queue.getByRole('listitem').count();
  let at = '';
  for (let step = 0; step < count; step++) {
    await desk.page.keyboard.press('j');
    await expect(focused(desk.page)).toHaveClass(/row-link/);
    // The next key counts from where this one led, so it waits until it has.
    await expect(focused(desk.page)).not.toHaveAttribute('data-row', at);
    at = (await focused(desk.page).getAttribute('data-row')) ?? '';
    if ((await row.locator(':focus').count()) === 1) break;
  }
  const link = row.locator('.row-link');
  await expect(link).toBeFocused();
  await expect(link).toHaveAttribute('aria-current', 'true');
  return link;
}

test('claim, answer, note, priority and resolve, with the keyboard alone', async ({ agent, customer }) => {
  const sam = await agent('sam');
  const keys = sam.page.keyboard;
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('Keys only please');
  await visitor.queueWith(words);

  const link = await walkTo(sam, words);
  await keys.press('k');
  await expect(link).not.toBeFocused();
  await expect(focused(sam.page)).toHaveClass(/row-link/);
  // The second key at once: it is meant for where the first one led.
  await keys.press('j');
  await keys.press('c');
  await expect(sam.row(words)).toContainText('With you');
  await expect(sam.withYou).toBeVisible();
  await expect(sam.replyField).toBeFocused();
  await keys.type('Written without a mouse.');
  await keys.press('Enter');
  await expect(visitor.bubble('Written without a mouse.')).toBeVisible();
  await expect(sam.replyField).toBeFocused();

  await keys.press('Escape');
  await expect(link).toBeFocused();
  await keys.press('n');
  await expect(sam.noteField).toBeFocused();
  const note = ownWords('A note by keys');
  await keys.type(note);
  await keys.press('Enter');
  await expect(sam.said(note)).toBeVisible();
  await keys.press('Escape');
  await expect(link).toBeFocused();

  await keys.press('p');
  await keys.press('1');
  await expect(sam.button('Priority P1, change')).toBeVisible();
  await expect(link).toBeFocused();
  await keys.press('p');
  await keys.press('4');
  await expect(sam.button('Priority P4, change')).toBeVisible();

  await keys.press('r');
  await expect(sam.replyField).toBeFocused();
  await keys.press('Escape');
  await keys.press('g');
  await keys.press('m');
  await expect(sam.page).toHaveURL(/\/inbox\/mine$/);
  await expect(sam.queue.getByRole('heading', { level: 1, name: 'Mine' })).toBeFocused();
  const again = await walkTo(sam, 'Written without a mouse.');
  await expect(again).toContainText('With you');
  await expect(sam.withYou).toBeVisible();

  await keys.press('e');
  await expect(sam.toasts).toContainText('Resolved.');
  await expect(visitor.chat.getByText('Sam marked this as resolved')).toBeVisible();
  await expect(focused(sam.page)).toHaveClass(/row-link|focusable/);
});

test('release, transfer and hand back, with the keyboard alone', async ({ agent, customer }) => {
  const [sam, colleague] = [await agent('sam'), await agent('ines')];
  await colleague.openView('mine');
  const keys = sam.page.keyboard;
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('Pass me on by keys');
  await visitor.queueWith(words);

  await walkTo(sam, words);
  await keys.press('c');
  await expect(sam.replyField).toBeFocused();
  await keys.press('Escape');
  await keys.press('Shift+C');
  await expect(sam.withYou).toBeHidden();
  await expect(visitor.queue).toBeVisible();
  await expect(sam.row(words).locator('.row-link')).toBeFocused();

  await keys.press('c');
  await expect(sam.replyField).toBeFocused();
  await keys.press('Escape');
  await keys.press('b');
  await expect(sam.toasts).toContainText('The bot goes on.');
  await expect(visitor.chat.getByText('Sam handed you back to Fern')).toBeVisible();

  await keys.press('o');
  await expect(sam.replyField).toBeFocused();
  await keys.press('Escape');
  await keys.press('t');
  const dialog = sam.page.getByRole('dialog', { name: 'Transfer' });
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  await keys.type('prado');
  await keys.press('Tab');
  const ines = dialog.getByRole('radio', { name: PEOPLE.ines.name });
  await expect(ines).toBeFocused();
  await keys.press('Space');
  await expect(ines).toBeChecked();
  await keys.press('Tab');
  await expect(dialog.getByRole('textbox', { name: 'Note for them' })).toBeFocused();
  await keys.type('All is said.');
  await keys.press('Tab');
  await expect(dialog.getByRole('checkbox', { name: /misroute/ })).toBeFocused();
  await keys.press('Tab');
  await keys.press('Tab');
  await expect(dialog.getByRole('button', { name: 'Ask' })).toBeFocused();
  await keys.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(colleague.page.getByRole('alertdialog', { name: /^Incoming handoff/ })).toBeVisible();
  await colleague.page.keyboard.press('Alt+a');
  await expect(sam.conversation).toContainText(`${PEOPLE.ines.name} has this conversation`);
  await expect(visitor.chat.getByRole('heading', { name: PEOPLE.ines.name })).toBeVisible();
  await expect(focused(sam.page)).toHaveClass(/row-link/);
});

test('the list of keys opens and closes by keys and gives the focus back; single keys can be switched off', async ({
  agent,
}) => {
  const sam = await agent('sam');
  const keys = sam.page.keyboard;
  await sam.openView('pending');
  await keys.press('j');
  const link = focused(sam.page);
  await expect(link).toHaveClass(/row-link/);
  const id = await link.getAttribute('data-row');
  await keys.press('?');
  const sheet = sam.page.getByRole('dialog', { name: 'Keys' });
  const box = sheet.getByRole('checkbox', { name: 'Single-key shortcuts' });
  await expect(sheet).toBeVisible();
  await expect(box).toBeFocused();
  await keys.press('Space');
  await expect(box).not.toBeChecked();
  await keys.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(sam.page.locator(`[data-row="${id}"]`)).toBeFocused();
  await keys.press('j');
  await expect(sam.page.locator(`[data-row="${id}"]`)).toBeFocused();
  await keys.press('g');
  await keys.press('m');
  await expect(sam.page).toHaveURL(/\/inbox\/pending\//);
});
