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
        await world.restart({ SMTP_URL: smtp.url, MAIL_FROM: 'Larkfell <help@larkfell.example>' });
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
