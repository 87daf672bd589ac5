import { expect, type Locator, type Page } from 'playwright/test';

type View = 'pending' | 'mine' | 'team' | 'at-risk' | 'breached' | 'live' | 'resolved';

/** The desk in one agent's browser. */
export class DeskPage {
  readonly queue: Locator;
  readonly conversation: Locator;
  readonly context: Locator;
  readonly toasts: Locator;

  constructor(readonly page: Page) {
    this.queue = page.locator('section.queue');
    this.conversation = page.locator('section.conversation');
    this.context = page.getByRole('complementary', { name: 'Context' });
    this.toasts = page.locator('.toasts');
  }

  async openView(view: View, conversationId?: string): Promise<void> {
    await this.page.goto(conversationId ? `/inbox/${view}/${conversationId}` : `/inbox/${view}`);
    await expect(this.queue.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(this.queue.locator('.skeletons')).toHaveCount(0);
  }

  row(words: string): Locator {
    return this.queue.getByRole('listitem').filter({ hasText: words });
  }

  rowOf(conversationId: string): Locator {
    return this.queue
      .getByRole('listitem')
      .filter({ has: this.page.locator(`[data-row="${conversationId}"]`) });
  }

  async idOf(row: Locator): Promise<string> {
    const id = await row.locator('[data-row]').getAttribute('data-row');
    if (id === null) throw new Error('The row has no conversation');
    return id;
  }

  /** Claims by the button of the row, and waits until it is one's own. Answers the conversation's id. */
  async claim(words: string): Promise<string> {
    const row = this.row(words);
    const id = await this.idOf(row);
    await row.hover();
    await row.getByRole('button', { name: /^Claim/ }).click();
    await expect(this.withYou).toBeVisible();
    return id;
  }

  get withYou(): Locator {
    return this.conversation.getByText('With you', { exact: true });
  }

  get replyField(): Locator {
    return this.conversation.getByRole('textbox', { name: /^Reply to/ });
  }

  get noteField(): Locator {
    return this.conversation.getByRole('textbox', { name: 'Internal note' });
  }

  async reply(words: string): Promise<void> {
    await this.conversation.getByRole('tab', { name: 'Reply' }).click();
    await this.replyField.fill(words);
    await this.replyField.press('Enter');
  }

  async note(words: string): Promise<void> {
    await this.conversation.getByRole('tab', { name: 'Note' }).click();
    await this.noteField.fill(words);
    await this.noteField.press('Enter');
  }

  button(name: string | RegExp): Locator {
    return this.conversation.getByRole('button', { name });
  }

  said(words: string | RegExp): Locator {
    return this.conversation.locator('.said').filter({ hasText: words });
  }
}
