import { expect, type FrameLocator, type Locator, type Page } from 'playwright/test';

/** The chat in the demo shop, as a customer sees it. */
export class WidgetPage {
  readonly chat: FrameLocator;
  readonly log: Locator;
  readonly field: Locator;
  readonly launcher: Locator;
  /** Every frame that the server sent to this page's sockets. */
  readonly heard: string[] = [];

  constructor(readonly page: Page) {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => this.heard.push(payload.toString())),
    );
    this.chat = page.frameLocator('.panel iframe');
    this.log = this.chat.getByRole('log', { name: 'Conversation' });
    this.field = this.chat.getByRole('textbox', { name: 'Message' });
    this.launcher = page.locator('button[aria-expanded]');
  }

  async open(): Promise<void> {
    await this.page.goto('/shop');
    await this.launcher.click();
    await expect(this.field).toBeVisible();
  }

  /** Opens the shop again in the same browser, as somebody who comes back. */
  async reopen(): Promise<void> {
    await this.page.goto('/shop');
    if ((await this.launcher.getAttribute('aria-expanded')) !== 'true') await this.launcher.click();
    await expect(this.field).toBeVisible();
  }

  async write(words: string): Promise<void> {
    await this.field.fill(words);
    await this.field.press('Enter');
  }

  button(name: string | RegExp): Locator {
    return this.chat.getByRole('button', { name });
  }

  /** Presses "Talk to a person" and waits for the offer. */
  async askForPerson(): Promise<void> {
    await this.button('Talk to a person').click();
    await expect(this.offer).toBeVisible();
  }

  /** Into the line with these words as what the team should know. */
  async queueWith(words: string): Promise<void> {
    await this.askForPerson();
    await this.button('Share details first').click();
    await expect(this.chat.getByRole('heading', { name: 'What should they know?' })).toBeVisible();
    await this.write(words);
    await expect(this.queue).toBeVisible();
  }

  get offer(): Locator {
    return this.chat.getByRole('heading', { name: 'How shall we go on?' });
  }

  get queue(): Locator {
    return this.chat.getByRole('heading', { name: /^Connecting you to|is back .*, your time$/ });
  }

  bubble(words: string | RegExp): Locator {
    return this.log.locator('.bub').filter({ hasText: words });
  }

  /** What was said in order, of what contains `words`. */
  saidWith(words: string): Promise<string[]> {
    return this.log.locator('.bub').filter({ hasText: words }).allInnerTexts();
  }
}
