import postgres from 'postgres';
import { expect, ownWords, PEOPLE, test } from './fixtures/people';

test('a mark of the chart leads to exactly the handoffs it stands for, and those to their conversation', async ({
  agent,
}) => {
  const { page } = await agent('jonas');
  await page.goto('/reports');
  await expect(page.getByRole('heading', { level: 1, name: 'Handoffs' })).toBeVisible();
  await expect(page.getByText('Handoff rate')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Wait to claim, median' })).toBeVisible();

  const chart = page.getByRole('group', { name: 'Handoffs by day and reason' });
  const mark = chart.getByRole('link').last();
  const said = (await mark.getAttribute('aria-label')) ?? '';
  const [, count = '', reason = ''] = /: (\d+) (.+)$/.exec(said) ?? [];
  await mark.click();

  const table = page.getByRole('region', { name: 'Handoffs' }).getByRole('table');
  const rows = table.getByRole('row').filter({ has: page.getByRole('cell') });
  await expect(page.getByRole('link', { name: `${reason} remove this filter` })).toBeVisible();
  await expect(rows).toHaveCount(Number(count));
  for (const row of await rows.all()) await expect(row).toContainText(reason);

  const link = rows.first().getByRole('link');
  const name = (await link.textContent()) ?? '';
  await link.click();
  await expect(page).toHaveURL(/\/inbox\/resolved\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
  await expect(page.getByRole('region', { name: `Messages with ${name}` })).toBeVisible();
});

test('every figure counts exactly what its list holds', async ({ agent, world }) => {
  const { page } = await agent('jonas');
  await moveClocks(world.databaseUrl, '1 day');
  await page.goto('/reports');
  const figures = page.locator('.outcomes a, .chart-key a, .report-block header a.lnk');
  await expect(figures.first()).toBeVisible();
  const leading = await figures.evaluateAll((links) =>
    links.map((link) => ({ href: link.getAttribute('href') ?? '', said: link.textContent ?? '' })),
  );
  expect(leading.length).toBeGreaterThan(5);
  for (const { href, said } of leading) {
    await page.goto(href);
    const list = page.getByRole('region', { name: 'Handoffs' });
    const counted = Number(said.match(/\d+/)?.[0]);
    await expect(list.getByRole('row'), said).toHaveCount(Math.min(counted, 50) + 1);
    await expect(list.getByRole('link', { name: 'Earlier ones' })).toHaveCount(counted > 50 ? 1 : 0);
  }
  await moveClocks(world.databaseUrl, '-1 day');
});

test('a new handoff is in the figures, and its trail tells what happened, in an unbroken chain', async ({
  agent,
  customer,
  world,
}) => {
  const jonas = await agent('jonas');
  await jonas.openView('pending');
  const visitor = await customer();
  const words = ownWords('For the record');
  await visitor.queueWith(words);
  await jonas.claim(words);
  await jonas.reply('It is on record.');
  await expect(visitor.bubble('It is on record.')).toBeVisible();
  await jonas.button(/^Resolve/).click();
  await expect(visitor.chat.getByText('Jonas marked this as resolved')).toBeVisible();

  const { page } = jonas;
  await page.getByRole('link', { name: 'Reports' }).click();
  const first = page.getByRole('region', { name: 'Handoffs' }).getByRole('row').nth(1);
  await expect(first).toContainText('Asked for a person');
  await expect(first).toContainText(PEOPLE.jonas.name);
  await expect(first).toContainText('Resolved');
  await first.getByRole('link').click();
  await expect(jonas.said('It is on record.')).toBeVisible();

  await jonas.context.getByRole('link', { name: 'Audit trail' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Audit trail of/ })).toBeVisible();
  // The clocks mark in their own time; what people did stands in the order in which they did it.
  const all = page.getByRole('row').locator('td:nth-child(3)');
  const kinds = all.filter({ hasNotText: 'sla.' });
  await expect(kinds).toHaveText([
    'conversation.started',
    'handoff.offered',
    'handoff.detailsAsked',
    'message.sent',
    'handoff.queued',
    'handoff.claimed',
    'conversation.read',
    'message.sent',
    'conversation.read',
    'handoff.resolved',
  ]);
  await expect(all.filter({ hasText: 'sla.marked' })).toHaveCount(2);
  await expect(page.getByRole('table')).not.toContainText(words);

  await page.getByRole('link', { name: 'Audit log' }).click();
  await expect(page.getByRole('cell', { name: 'handoff.resolved' }).first()).toBeVisible();
  expect(await world.cli('audit', 'verify')).toMatch(/unbroken/i);
});

test('an agent has no reports, no audit log and no list of people', async ({ agent }) => {
  const { page } = await agent('priya');
  await page.goto('/inbox/pending');
  await expect(page.getByRole('link', { name: /^Pending/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Reports' })).toHaveCount(0);
  for (const path of ['/reports', '/audit', '/people']) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
  }
});

/** A deadline that passed between a figure and its list would stand in one of them alone. */
async function moveClocks(databaseUrl: string, by: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql`update timers set due_at = due_at + ${by}::interval where kind = 'sla.due'`;
  await sql.end({ timeout: 5 });
}
