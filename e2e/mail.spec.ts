import { openTestSmtp, type TestSmtp } from '@/lib/integrations/email/test-smtp';
import { expect, test as inSharedWorld } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** A world that can send: a real SMTP server on this machine takes what leaves. */
const test = inSharedWorld.extend<object, { smtp: TestSmtp; world: World }>({
  smtp: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    async ({}, use) => {
      const smtp = await openTestSmtp();
      await use(smtp);
      await smtp.close();
    },
    { scope: 'worker' },
  ],
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    ({}, use) => withFreshWorld(use),
    { scope: 'worker', timeout: 120_000 },
  ],
});

const FROM = { MAIL_FROM: 'Larkfell <help@larkfell.example>' };

test('e-mails wait in sight, are previewed and discarded, and leave once there is a server', async ({
  agent,
  smtp,
  world,
}) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/mail');
  await expect(page.getByRole('heading', { level: 1, name: 'E-mail' })).toBeVisible();
  await expect(page.getByText('Not connected yet')).toBeVisible();
  await expect(page.getByText('Nothing waits.')).toBeVisible();
  const tab = (name: string) => page.locator('.picker label').filter({ hasText: name });
  const test = page.getByRole('button', { name: 'Send a test e-mail to me' });
  await test.click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await test.click();
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByText('Waits for a server')).toHaveCount(2);
  await expect(page.getByRole('radio', { name: 'Waiting 2' })).toBeChecked();

  await page.getByRole('button', { name: 'Larkfell: a test e-mail', exact: true }).first().click();
  const preview = page.getByRole('dialog', { name: 'Larkfell: a test e-mail' });
  await expect(preview).toContainText('This is the test e-mail that you asked for.');
  await page.keyboard.press('Escape');
  await expect(preview).toBeHidden();
  await page
    .getByRole('button', { name: /^Discard/ })
    .first()
    .click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await tab('Discarded').click();
  await expect(page.getByText('Discarded by an admin')).toBeVisible();

  await world.restart({ ...FROM, SMTP_URL: smtp.url });
  await page.goto('/settings/mail');
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expect(page.getByText(`127.0.0.1:${smtp.port}`)).toBeVisible();
  await expect.poll(() => smtp.mails.length).toBe(1);
  await tab('Sent').click();
  await expect(page.getByRole('row')).toHaveCount(2);
  const [{ mail } = { mail: undefined }] = smtp.mails;
  expect(mail?.subject).toBe('Larkfell: a test e-mail');
  expect(mail?.to).toMatchObject({ text: 'jonas@larkfell.example' });
  expect(mail?.html).toContain(`href="${world.baseUrl}/settings/mail"`);

  smtp.unknown.add('jonas@larkfell.example');
  await test.click();
  await page
    .getByText(/^Failed/)
    .first()
    .click();
  await expect(page.getByText('550 No such mailbox here')).toBeVisible();
  smtp.unknown.clear();
  await page.getByRole('button', { name: /^Try now/ }).click();
  await expect.poll(() => smtp.mails.length).toBe(2);

  await page.goto('/audit?of=settings');
  for (const kind of ['mail.tested', 'mail.discarded', 'mail.retried']) {
    await expect(page.getByRole('cell', { name: kind }).first()).toBeVisible();
  }
  expect(world.log()).not.toContain('jonas@larkfell.example');
});

test('is not shown to those who may not', async ({ agent }) => {
  const { page } = await agent('maya');
  const answer = await page.request.get('/api/mail?state=sent');
  expect(answer.status()).toBe(403);
  await page.goto('/settings/mail');
  await expect(page.getByText('Outbox')).toHaveCount(0);
});
