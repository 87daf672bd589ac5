import type { Page } from 'playwright/test';
import { faultsOf } from './fixtures/axe';
import { expect, ownWords, test } from './fixtures/people';

const save = (page: Page) => page.getByRole('button', { name: /^Save/ });
const foot = (page: Page) => page.locator('.set-team:not([hidden]) .set-foot, .sheet > .set-foot');

test('a target is changed against a preview, and the chip in an inbox follows by itself', async ({
  agent,
  customer,
}) => {
  const sam = await agent('sam');
  await sam.openView('pending');
  const visitor = await customer();
  const words = ownWords('My stove will not light');
  await visitor.queueWith(words);
  const row = sam.row(words);
  await expect(row.locator('.sla')).toBeVisible();
  const priority = await row.locator('.pri').getAttribute('data-p');
  const name = `P${priority}, first response`;

  const jonas = await agent('jonas');
  await jonas.openView('mine');
  const { page } = jonas;
  const other = await page.context().newPage();
  await other.goto('/settings/sla');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'SLA' })).toBeVisible();
  await expect(save(page)).toBeDisabled();

  const field = page.getByRole('textbox', { name });
  const before = await field.inputValue();
  await field.fill('soon');
  await expect(page.getByText(`${name}: Write a time with its unit`)).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await field.fill('3 hours');
  await field.press('Tab');
  await expect(field).toHaveValue('3 h');
  await expect(page.locator('td.changed s')).toHaveText(`was ${before}`);
  await expect(foot(page)).toContainText('1 change, not saved');
  await expect(foot(page)).toContainText(/\d+ open handoffs? would get another deadline/);
  await page.getByRole('button', { name: /^Save and move \d+ deadlines?$/ }).click();
  await expect(foot(page)).toContainText('Saved.');
  await expect(row.locator('.sla')).toContainText(/2:5\d:\d\d/);

  await other.getByRole('textbox', { name }).fill('2 h');
  await save(other).click();
  await expect(foot(other)).toContainText('Somebody changed the targets meanwhile');
  await expect(other.locator('td.changed s')).toHaveText('was 3 h');
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(other.getByRole('textbox', { name })).toHaveValue('3 h');
  await other.getByRole('textbox', { name }).fill(before);
  await save(other).click();
  await expect(foot(other)).toContainText('Saved.');

  await other.goto('/audit?of=settings&kind=sla.policyChanged');
  await expect(other.getByText(`P${priority} first response ${before} → 3 h`)).toBeVisible();
});

test('the hours of a team are written by keyboard, with what they mean now', async ({ agent }) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/hours');
  await page.getByRole('radio', { name: 'Gear advice' }).check({ force: true });
  const team = page.locator('.set-team:not([hidden])');
  await expect(team.getByText('Open around the clock')).toBeVisible();
  await team.getByLabel('Around the clock, every day').uncheck();
  await team.getByLabel('Time zone').selectOption('Pacific/Auckland');
  await expect(team.getByText(/^(Open now, closes|Closed, opens) .*\(your time .*\)$/)).toBeVisible();

  const monday = team.getByRole('group', { name: 'Monday' });
  await monday.getByLabel('Monday from').fill('22');
  await monday.getByRole('textbox', { name: 'Monday to' }).fill('6');
  await monday.getByRole('textbox', { name: 'Monday to' }).press('Tab');
  await expect(monday.getByLabel('Monday from')).toHaveValue('22:00');
  await expect(monday.getByText('ends Tuesday')).toBeVisible();
  await team.getByLabel('Tuesday from').fill('05:00');
  await expect(team.getByText(/overlaps/).first()).toBeVisible();
  await monday.getByRole('button', { name: 'Remove Monday 22:00 to 06:00' }).click();
  await expect(team.getByText(/overlaps/)).toHaveCount(0);
  const sunday = team.getByRole('group', { name: 'Sunday' });
  await sunday.getByRole('button', { name: 'Add hours on Sunday' }).press('Enter');
  await sunday.getByRole('button', { name: 'Add hours on Sunday' }).press('Enter');
  await expect(sunday.getByRole('textbox', { name: 'Sunday 2 to' })).toBeVisible();
  await sunday.getByRole('button', { name: 'Copy Sunday to other days' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Saturday' }).press('Enter');
  await expect(team.getByLabel('Saturday 2 from')).toHaveValue('17:00');

  await team.getByRole('button', { name: 'Add a holiday' }).click();
  await expect(team.getByText('Choose the date.').first()).toBeVisible();
  await team.getByLabel('Date of holiday 1').fill('2030-12-25');
  await team.getByLabel('Name of holiday 1').fill('Christmas Day');
  await expect(team.getByText('Choose the date.')).toHaveCount(0);
  await expect(foot(page)).toContainText('1 change, not saved');
  await save(page).and(team.locator('button')).click();
  await expect(foot(page)).toContainText('Saved.');

  await page.reload();
  await page.getByRole('radio', { name: 'Gear advice' }).check({ force: true });
  await expect(team.getByLabel('Time zone')).toHaveValue('Pacific/Auckland');
  await expect(monday.getByText('Closed')).toBeVisible();
  await expect(team.getByLabel('Name of holiday 1')).toHaveValue('Christmas Day');
  await team.getByLabel('Around the clock, every day').check();
  await save(page).and(team.locator('button')).click();
  await expect(foot(page)).toContainText('Saved.');
  await page.goto('/audit?of=settings&kind=hours.changed');
  await expect(page.getByText(/^Gear advice: around the clock → Tue 05:00–17:00, Wed–Fri/)).toBeVisible();
});

test('points and thresholds are changed against the newest handoffs, and another tab sees theirs', async ({
  agent,
}) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/priority');
  const other = await page.context().newPage();
  await other.goto('/settings/priority');
  const field = (on: Page, name: string) => on.getByRole('textbox', { name, exact: true });
  await expect(page.getByRole('columnheader', { name: /^Of the newest \d+$/ })).toBeVisible();
  await field(page, 'P2 from').fill('85');
  await expect(page.getByText('P2 from: Below the 85 of P1.')).toBeVisible();
  await field(page, 'P2 from').fill('many');
  await expect(page.getByText('P2 from: Write a whole number.')).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await field(page, 'P2 from').fill('45');
  await field(page, 'Churn risk').fill('30');
  await expect(foot(page)).toContainText('2 changes, not saved');
  await expect(foot(page)).toContainText(
    /Of the newest \d+ queued handoffs, \d+ would have had another priority\./,
  );
  await expect(page.getByRole('row', { name: /^P2/ })).toContainText(/\d+ →would be \d+/);
  await save(page).press('Enter');
  await expect(foot(page)).toContainText('Saved.');

  await field(other, 'P1 from').fill('90');
  await save(other).click();
  await expect(foot(other)).toContainText('Somebody changed the priorities meanwhile');
  await expect(field(other, 'P2 from')).toHaveValue('45');
  await other.getByRole('button', { name: 'Undo' }).click();
  await field(other, 'P2 from').fill('65');
  await field(other, 'Churn risk').fill('25');
  await save(other).click();
  await expect(foot(other)).toContainText('Saved.');

  await other.goto('/audit?of=settings&kind=priority.policyChanged');
  await expect(other.getByText('P2 from 65 → 45 · churn risk 25 → 30')).toBeVisible();
});

test('the order of service is chosen by keyboard, with what it would mean', async ({ agent }) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/queue');
  const other = await page.context().newPage();
  await other.goto('/settings/queue');
  const share = (on: Page) => on.getByRole('slider', { name: 'Share of the turns' });
  await expect(share(page)).toHaveValue('10');
  await share(page).press('ArrowRight');
  await expect(page.getByText('About every 7th turn goes to them')).toBeVisible();
  const grace = page.getByRole('textbox', { name: /^Grace after a lost connection/ });
  await grace.fill('a while');
  await expect(page.getByText('Write a time with its unit')).toBeVisible();
  await expect(save(page)).toBeDisabled();
  await grace.fill('5 s');
  await expect(page.getByText('At least 20 s.')).toBeVisible();
  await grace.fill('90 seconds');
  await grace.press('Tab');
  await expect(grace).toHaveValue('90 s');
  await page.getByRole('textbox', { name: /^Away without input/ }).fill('—');
  await page.getByRole('checkbox', { name: /^A P1 may go one above capacity/ }).press('Space');
  await expect(foot(page)).toContainText('4 changes, not saved');
  await expect(foot(page)).toContainText(/would stand at another place|Nobody waits now/);
  await save(page).press('Enter');
  await expect(foot(page)).toContainText('Saved.');

  await other.getByRole('radio', { name: /^strict priority/i }).check();
  await expect(share(other)).toBeDisabled();
  await save(other).click();
  await expect(foot(other)).toContainText('Somebody changed the queue meanwhile');
  await other.getByRole('button', { name: 'Undo' }).click();
  await expect(share(other)).toHaveValue('15');
  await share(other).press('ArrowLeft');
  await other.getByRole('checkbox', { name: /^A P1 may go one above capacity/ }).check();
  await other.getByRole('textbox', { name: /^Grace after a lost connection/ }).fill('1 min');
  await other.getByRole('textbox', { name: /^Away without input/ }).fill('10 min');
  await save(other).click();
  await expect(foot(other)).toContainText('Saved.');

  await other.goto('/audit?of=settings&kind=queue.changed');
  await expect(
    other.getByText(
      'turns of the breached 10 % → 15 % · P1 above capacity one in each team → none · grace 1 min → 90 s · away after 10 min → —',
    ),
  ).toBeVisible();
});

test('a customer in line is told when the team is back', async ({ agent, customer }) => {
  const { page } = await agent('jonas');
  await page.goto('/settings/hours');
  const endpoint = '/api/settings/hours';
  /** Open for an hour, three days from now. */
  const opening = new Date(Date.now() + 3 * 86_400_000);
  const week = Array.from({ length: 7 }, (_, day) =>
    day === (opening.getUTCDay() + 6) % 7 ? [{ from: '12:00', to: '13:00' }] : [],
  );
  const setAll = async (calendar: object | null) => {
    const { data } = await (await page.request.get(endpoint)).json();
    for (const { teamId, hours } of data) {
      const answer = await page.request.post(endpoint, {
        data: { teamId, version: hours.version, calendar },
      });
      expect(answer.ok(), await answer.text()).toBe(true);
    }
  };
  await setAll({ timeZone: 'UTC', week, holidays: [] });
  try {
    const visitor = await customer({ timezoneId: 'UTC', locale: 'en-GB' });
    await visitor.button('Talk to a person').click();
    await visitor.chat.getByLabel('Where should the answer go?').fill('jonas.berg@post.example');
    await visitor.button(/^Put me (first )?in line$/).click();
    await expect(visitor.queue).toBeVisible();
    const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(opening);
    await expect(visitor.queue).toContainText(`is back ${day} 12:00, your time`);
  } finally {
    await setAll(null);
  }
});

test('supervisors read them, and agents find no such page', async ({ agent }) => {
  const sam = await agent('sam');
  expect((await sam.page.goto('/settings/sla'))?.status()).toBe(404);
  const maya = await agent('maya');
  await maya.page.goto('/settings/sla');
  await expect(maya.page.getByText('Admins change these.')).toBeVisible();
  await expect(save(maya.page)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1440, 390]) {
    test(`nothing is in anybody's way, ${colorScheme}, ${width} wide`, async ({ agent }) => {
      const { page } = await agent('jonas', { colorScheme, viewport: { width, height: 844 } });
      const faults: string[] = [];
      await page.goto('/settings/sla');
      await page.getByRole('textbox', { name: 'P2, first response' }).fill('4 min');
      await page.getByRole('textbox', { name: 'P3, next response' }).fill('soon');
      await expect(page.getByText('P3, next response: Write a time')).toBeVisible();
      faults.push(...(await faultsOf(page, 'targets, one of them unreadable')));
      await page.goto('/settings/hours');
      await page.getByLabel('Around the clock, every day').first().uncheck();
      await page.getByLabel('Monday from').first().fill('22:00');
      await page.getByRole('textbox', { name: 'Monday to' }).first().fill('06:00');
      await page.getByRole('button', { name: 'Add hours on Tuesday' }).first().click();
      await page.getByRole('button', { name: 'Add a holiday' }).first().click();
      await expect(page.getByText('Choose the date.').first()).toBeVisible();
      faults.push(...(await faultsOf(page, 'hours, a date missing')));
      await page.goto('/settings/priority');
      await page.getByRole('textbox', { name: 'P1 from' }).fill('60');
      await page.getByRole('textbox', { name: 'Cancellation' }).fill('20');
      await expect(page.getByText('P2 from: Below the 60 of P1.')).toBeVisible();
      faults.push(...(await faultsOf(page, 'priorities, one of them too high')));
      await page.goto('/settings/queue');
      await page.getByRole('slider').press('ArrowRight');
      await page.getByRole('textbox', { name: /^Grace/ }).fill('5 s');
      await expect(page.getByText('At least 20 s.')).toBeVisible();
      faults.push(...(await faultsOf(page, 'the queue, a grace too short')));
      await page.goto('/settings/mail');
      await page.getByRole('button', { name: 'Send a test e-mail to me' }).click();
      await expect(page.getByText('Waits for a server').first()).toBeVisible();
      faults.push(...(await faultsOf(page, 'the outbox, one of them waiting')));
      expect(faults).toEqual([]);
      const hangsOut = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(hangsOut).toBeLessThanOrEqual(0);
    });
  }
}
