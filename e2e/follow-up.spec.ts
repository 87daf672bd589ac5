import type { BrowserContext } from 'playwright/test';
import postgres from 'postgres';
import { openTestSmtp, type TestSmtp } from '@/lib/integrations/email/test-smtp';
import { faultsOf } from './fixtures/axe';
import { closeTeams } from './fixtures/closed';
import { expect, test as inSharedWorld, ownWords } from './fixtures/people';
import type { WidgetPage } from './pages/widget';
import { type World, withFreshWorld } from './world';

/** A world after hours that can send: a real SMTP server on this machine takes what leaves. */
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
    async ({ smtp }, use) =>
      withFreshWorld(async (world) => {
        await closeTeams(world.databaseUrl);
        await world.restart({
          SMTP_URL: smtp.url,
          MAIL_FROM: 'Larkfell <help@larkfell.example>',
          BATON_MAIL_PAUSE_SECONDS: '1',
        });
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

const closed = (visitor: WidgetPage) => visitor.chat.getByRole('heading', { name: /^Back .*, your time$/ });
const address = (visitor: WidgetPage) => visitor.chat.getByLabel('Where should the answer go?');
const askAfterHours = async (visitor: WidgetPage) => {
  await visitor.button('Talk to a person').click();
  await expect(closed(visitor)).toBeVisible();
};

test('after hours an address is asked for with the reason, and the bot goes on helping meanwhile', async ({
  agent,
  customer,
}) => {
  const visitor = await customer();
  await askAfterHours(visitor);
  await expect(visitor.chat.getByText(/^In \d+ (h|days)\. /)).toBeVisible();
  await expect(visitor.chat.getByText('You are talking to AI. The team is back')).toBeVisible();
  await expect(
    visitor.chat.getByText(/^Only for the answer of .* and a link back to this chat/),
  ).toBeVisible();
  await expect(visitor.button('Connect now')).toHaveCount(0);
  await expect(visitor.log.getByText(/^Closed just now · back .*, your time$/)).toBeVisible();
  expect(await faultsOf(visitor.page, 'closed')).toEqual([]);

  await address(visitor).fill('jonas.berg');
  await address(visitor).press('Enter');
  await expect(visitor.chat.getByText('Write one address, such as name@example.com.')).toBeVisible();
  await expect(address(visitor)).toBeFocused();
  await address(visitor).fill('jonas.berg@localhost');
  await address(visitor).press('Enter');
  await expect(visitor.chat.getByText('Write one e-mail address, such as')).toBeVisible();
  await address(visitor).fill('Jonas.Berg@Post.example');
  await visitor.button(/^Put me (first )?in line$/).click();
  await expect(visitor.queue).toBeVisible();
  await expect(visitor.chat.getByText('the answer goes to Jonas.Berg@post.example')).toBeVisible();
  await expect(visitor.chat.getByText('Fern, our AI, answers until a person takes over')).toBeVisible();

  const words = ownWords('Can I return a tent I have used?');
  await visitor.write(words);
  await expect(visitor.log.locator('.ai .bub').filter({ hasText: '60 days' })).toBeVisible();
  await expect(visitor.queue).toBeVisible();

  const maya = await agent('jonas');
  await maya.openView('pending');
  await expect(maya.row('60 days')).toHaveCount(1);
  await visitor.button('Leave the line').click();
  await expect(visitor.queue).toBeHidden();
});

test('not now goes on with the bot, and the address is known the next time', async ({ customer }) => {
  const visitor = await customer();
  await askAfterHours(visitor);
  await address(visitor).fill('ines@post.example');
  await visitor.button('Not now').click();
  await expect(closed(visitor)).toBeHidden();
  await askAfterHours(visitor);
  await expect(address(visitor)).toHaveValue('');
  await address(visitor).fill('ines@post.example');
  await visitor.button(/^Put me (first )?in line$/).click();
  await expect(visitor.queue).toBeVisible();
  await visitor.button('Leave the line').click();
  await expect(visitor.queue).toBeHidden();
  await visitor.reopen();
  await askAfterHours(visitor);
  await expect(address(visitor)).toHaveValue('ines@post.example');
});

/** Settles once the server has looked whether to mail, and has put it off because the customer is connected. */
async function untilPutOff(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await expect
      .poll(
        async () =>
          (
            await sql`select 1 from timers t join conversations c on t.key = 'reply.mail:' || c.id
              join visitors v on v.id = c.visitor_id where t.due_at >= v.connected_until - interval '1 minute'
                and t.due_at > now() + interval '2 s' and t.locked_until is null`
          ).length,
        { timeout: 15_000 },
      )
      .toBe(1);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

test('who has left is mailed what the agent wrote, and the link brings them back to it', async ({
  agent,
  browser,
  customer,
  smtp,
  world,
}) => {
  const visitor = await customer();
  await askAfterHours(visitor);
  await address(visitor).fill('kari@post.example');
  await visitor.button(/^Put me (first )?in line$/).click();
  await expect(visitor.queue).toBeVisible();
  const words = ownWords('My stove will not light');
  await visitor.write(words);
  await expect(visitor.bubble(words)).toBeVisible();

  const jonas = await agent('jonas');
  await jonas.openView('pending');
  const row = jonas.queue.getByRole('listitem').last();
  await expect(row).toContainText('Visitor');
  await row.hover();
  await row.getByRole('button', { name: /^Claim/ }).click();
  await expect(jonas.withYou).toBeVisible();
  await expect(jonas.said(words)).toBeVisible();
  await expect(visitor.chat.getByText('You are talking to Jonas, a person')).toBeVisible();
  const before = smtp.mails.length;
  // Connected, and not looking.
  await visitor.launcher.click();
  const answer = ownWords('Clean the jet with the small pin.');
  await jonas.reply(answer);
  await expect(jonas.said(answer)).toBeVisible();
  await untilPutOff(world.databaseUrl);
  expect(smtp.mails.length).toBe(before);

  await visitor.page.context().close();
  await expect.poll(() => smtp.mails.length, { timeout: 40_000 }).toBe(before + 1);
  await expect(jonas.conversation.getByText('is away: the answer goes out by e-mail')).toBeVisible();
  const mail = smtp.mails.at(-1)?.mail;
  expect(mail?.to).toMatchObject({ text: 'kari@post.example' });
  expect(mail?.subject).toBe('Larkfell: Jonas answered you');
  expect(mail?.text).toContain(answer);
  const link = mail?.text?.match(/http\S+\/return\/\S+/)?.[0] ?? '';
  expect(mail?.html).toContain(link);

  const elsewhere: BrowserContext = await browser.newContext();
  try {
    const page = await elsewhere.newPage();
    // As mail scanners do, before anybody reads the mail.
    for (let look = 0; look < 3; look++) expect((await page.request.get(link)).status()).toBe(200);
    const changed = await page.goto(`${link.slice(0, -4)}AAAA`);
    expect(changed?.status()).toBe(404);
    await expect(page.getByRole('heading', { name: 'This link is not whole' })).toBeVisible();
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Your conversation is here' })).toBeVisible();
    expect(await faultsOf(page, 'the link')).toEqual([]);
    await page.getByRole('link', { name: 'Open the conversation' }).click();
    const log = page.getByRole('log', { name: 'Conversation' });
    await expect(log.getByText(answer)).toBeVisible();
    await expect(log.getByText(words)).toBeVisible();
    const thanks = ownWords('That was it, thank you');
    await page.getByRole('textbox', { name: 'Message' }).fill(thanks);
    await page.keyboard.press('Enter');
    await expect(jonas.said(thanks)).toBeVisible();
    await page.reload();
    await expect(log.getByText(thanks)).toBeVisible();
    await jonas.reply('Enjoy your coffee.');
    await expect(log.getByText('Enjoy your coffee.')).toBeVisible();
  } finally {
    await elsewhere.close();
  }
  expect(smtp.mails.length).toBe(before + 1);
  expect(world.log()).not.toContain('kari@post.example');
});
