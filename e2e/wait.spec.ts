import postgres from 'postgres';
import { giveHandled } from './fixtures/handled';
import { expect, test as inSharedWorld, ownWords, PEOPLE } from './fixtures/people';
import type { WidgetPage } from './pages/widget';
import { type World, withFreshWorld } from './world';

/** A world of its own: nobody else stands in line, Sam has room for one, and his team has handled enough to be known. */
const test = inSharedWorld.extend<object, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from the pattern
    ({}, use) =>
      withFreshWorld(async (world) => {
        const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
        try {
          await sql`update handoffs set state = 'cancelled', outcome = 'cancelled', ended_at = now() where state = 'pending'`;
          await sql`update conversations set state = 'bot', team_id = null where state = 'pending'`;
          await roomForOne(sql);
        } finally {
          await sql.end({ timeout: 5 });
        }
        await giveHandled(world.databaseUrl, 'Orders', 40);
        // What was measured of a team is read once a minute.
        await world.restart();
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

function roomForOne(sql: postgres.Sql) {
  return sql`update users set capacity = load + 1 where email = ${PEOPLE.sam.email}`;
}

const place = (visitor: WidgetPage, words: string) => visitor.chat.locator('.facts').getByText(words);
const wait = (visitor: WidgetPage) => visitor.chat.locator('.facts > div').filter({ hasText: 'likely wait' });

test('the place counts down, and the likely wait is shown, follows it, and is hidden when nobody is there', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const [first, second] = [await customer(), await customer()];
  await first.queueWith('My parcel is late');
  // The slot that is free is taken as soon as somebody looks, as others' were; the second waits for the next.
  await expect(place(first, 'in line · you are next')).toBeVisible();
  await expect(wait(first)).toContainText(/^< \d+ min/);
  await second.queueWith('My parcel is late, too');
  await expect(place(second, 'in line · 1 ahead')).toBeVisible();
  await expect(wait(second)).toContainText(/\d+ min/);
  const before = (await wait(second).textContent()) ?? '';
  await expect(second.chat.getByRole('status').filter({ hasText: 'Likely wait' })).toHaveText(
    /^You are 2nd in line\. Likely wait: (about \d+ to \d+|less than \d+) minutes\.$/,
  );
  await second.launcher.click();
  await expect(second.launcher).toHaveAccessibleName(/^Open chat, 2nd in line · .*\d+ min$/);
  await second.launcher.click();

  await first.button('Leave the line').click();
  await expect(place(second, 'in line · you are next')).toBeVisible();
  await expect(wait(second)).not.toHaveText(before);
  await expect(wait(second)).toContainText(/^< \d+ min/);

  await sam.page.locator('button.me').click();
  await sam.page.getByRole('menuitemradio', { name: 'Away' }).click();
  await expect(wait(second)).toHaveCount(0);
  await expect(place(second, 'in line · you are next')).toBeVisible();
  await expect(second.chat.getByText('waiting since')).toBeVisible();
  await sam.page.locator('button.me').click();
  await sam.page.getByRole('menuitemradio', { name: 'Available' }).click();
  await expect(wait(second)).toHaveCount(1);
  await second.button('Leave the line').click();
  await expect(second.queue).toBeHidden();
});

test('the report says how many were told, and no share while they are few', async ({ agent, customer }) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('One peg is missing');
  await visitor.queueWith(words);
  await expect(wait(visitor)).toHaveCount(1);
  await sam.claim(words);

  const { page } = await agent('jonas');
  await page.goto('/reports');
  const section = page.getByRole('region', { name: 'Wait estimates' });
  await expect(section).toContainText(/told a wait and \d+ of them claimed\. .* shown from 20 on\.$/);
  await section.getByRole('link', { name: /^\d+ told and claimed$/ }).click();
  await expect(page.getByRole('link', { name: 'Told a wait and claimed remove this filter' })).toBeVisible();
  const row = page.getByRole('region', { name: 'Handoffs' }).getByRole('row').nth(1);
  await expect(row).toContainText('Sam Keller');
});

test('who asks a team at capacity is told their place and the wait before they choose, or has a call', async ({
  agent,
  customer,
  world,
}) => {
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  await roomForOne(sql);
  await sql.end({ timeout: 5 });
  const sam = await agent('sam');
  await sam.openView('pending');
  const helped = await customer();
  const words = ownWords('The pole is bent');
  await helped.queueWith(words);
  await sam.claim(words);

  const visitor = await customer();
  await visitor.askForPerson();
  await expect(visitor.chat.getByText(/\d+ min · you’d be 1st/)).toBeVisible();
  await visitor.button('Connect now').click();
  await expect(place(visitor, 'in line · you are next')).toBeVisible();
  await expect(wait(visitor)).toContainText(/\d+ min/);
  const other = await customer();
  await other.askForPerson();
  await expect(other.chat.getByText(/\d+ min · you’d be 2nd/)).toBeVisible();
  await visitor.button('Call me instead').click();
  await expect(visitor.chat.getByRole('heading', { name: /call/i })).toBeVisible();
});
