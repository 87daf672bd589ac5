import ical from 'node-ical';
import postgres from 'postgres';
import { openTestSmtp, type TestSmtp } from '@/lib/integrations/email/test-smtp';
import { faultsOf } from './fixtures/axe';
import { expect, test as inSharedWorld, PEOPLE, type Person } from './fixtures/people';
import { type World, withFreshWorld } from './world';

/** A world that can send: a real SMTP server on this machine takes what leaves. Teams are there around the clock. */
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
        await onDatabase(world, (sql) => sql`delete from settings where key like 'hours:%'`);
        await world.restart({ SMTP_URL: smtp.url, MAIL_FROM: 'Larkfell <help@larkfell.example>' });
        await use(world);
      }),
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function onDatabase<T>(world: World, run: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(world.databaseUrl, { max: 1, onnotice: () => {} });
  try {
    return await run(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The hour comes nearer for the newest call: its slot begins so many seconds from now, and its timer looks at once. */
const bringNear = (world: World, seconds: number) =>
  onDatabase(
    world,
    (sql) => sql`
      with moved as (
        update callbacks set end_at = now() + make_interval(secs => ${seconds}) + (end_at - start_at),
          held_until = now() + make_interval(secs => ${seconds}) + (held_until - start_at),
          late_at = now() + make_interval(secs => ${seconds}) + (late_at - start_at),
          start_at = now() + make_interval(secs => ${seconds})
        where id = (select id from callbacks where state in ('booked', 'due') order by created_at desc limit 1)
        returning conversation_id)
      update timers set due_at = now() from moved where key = 'callback.step:' || moved.conversation_id`,
  );

const newestCall = (world: World) =>
  onDatabase(world, async (sql) => {
    const [row] = await sql<{ conversation_id: string; email: string; state: string }[]>`
      select c.conversation_id, u.email, c.state from callbacks c join users u on u.id = c.agent_id
      order by c.created_at desc limit 1`;
    if (row === undefined) throw new Error('No call was agreed');
    const who = (Object.keys(PEOPLE) as Person[]).find((each) => PEOPLE[each].email === row.email);
    return { conversationId: row.conversation_id, who, state: row.state };
  });

test('a customer chooses to be called: booked, moved by link, reminded, due as a task, kept', async ({
  agent,
  browser,
  customer,
  smtp,
  world,
}) => {
  const visitor = await customer({ timezoneId: 'Europe/Lisbon' });
  await visitor.write('My tent pole snapped on the first night');
  await visitor.askForPerson();
  await expect(visitor.chat.getByText(/^Next: /)).toBeVisible();
  await visitor.button('Choose a time').click();
  await expect(visitor.chat.getByRole('heading', { name: 'When shall we call?' })).toBeVisible();
  const slots = visitor.chat.locator('.slot').filter({ hasText: 'your time, Lisbon' });
  await expect(slots).toHaveCount(3);
  expect(await faultsOf(visitor.page, 'slots')).toEqual([]);

  await slots.first().click();
  await visitor.button(/^Call me /).click();
  await expect(visitor.chat.getByText('Write a number we can ring')).toBeVisible();
  await visitor.chat.getByLabel('Call this number').fill('+351 912 345 646');
  await visitor.chat.getByLabel('Send the invitation to').fill('jonas.berg@post.example');
  const before = smtp.mails.length;
  await visitor.button(/^Call me /).click();
  await expect(visitor.chat.getByRole('heading', { name: 'Your call is booked' })).toBeVisible();
  await expect(visitor.chat.getByText('Invitation sent to jonas.berg@post.example')).toBeVisible();
  expect(await faultsOf(visitor.page, 'booked')).toEqual([]);

  await expect.poll(() => smtp.mails.length).toBe(before + 1);
  const mail = smtp.mails.at(-1)?.mail;
  expect(mail?.subject).toMatch(/^Larkfell: your call on /);
  const invitation = mail?.attachments.find(({ contentType }) => contentType.startsWith('text/calendar'));
  expect(`${invitation?.content}`).toContain('METHOD:REQUEST');
  const [event] = Object.values(ical.parseICS(`${invitation?.content}`)).filter(
    (each) => each?.type === 'VEVENT',
  );
  const link = mail?.text?.match(/http\S+\/callback\/\S+/)?.[0] ?? '';
  expect(mail?.html).toContain(link);

  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  try {
    // As mail scanners do, before anybody reads the mail.
    for (let look = 0; look < 3; look++) expect((await page.request.get(link)).status()).toBe(200);
    expect((await newestCall(world)).state).toBe('booked');
    expect((await page.goto(`${link.slice(0, -6)}AAAAAA`))?.status()).toBe(404);
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Your call is booked' })).toBeVisible();
    await expect(page.getByText('+351 91• ••• •46')).toBeVisible();
    await page.locator('.slot').nth(1).click();
    await page.getByRole('button', { name: 'Move the call' }).click();
    await expect(page.getByText('The call was moved. A new invitation is on its way.')).toBeVisible();
  } finally {
    await page.context().close();
  }
  await expect(visitor.chat.getByRole('heading', { name: 'Your call was moved' })).toBeVisible();
  await expect.poll(() => smtp.mails.length).toBe(before + 2);
  const moved = smtp.mails.at(-1)?.mail.attachments[0]?.content;
  expect(`${moved}`).toContain('SEQUENCE:1');
  expect(`${moved}`).toContain(`UID:${event && 'uid' in event ? event.uid : ''}`);

  const { conversationId, who } = await newestCall(world);
  if (who === undefined) throw new Error('The call is with nobody whom this test knows');
  const desk = await agent(who);
  await desk.openView('mine');
  await bringNear(world, 14 * 60);
  await expect(desk.toasts.getByText(/^You have a call by phone at /)).toBeVisible();
  const subjects = () => smtp.mails.slice(before + 2).map((each) => each.mail.subject ?? '');
  await expect.poll(subjects).toHaveLength(2);
  expect(subjects()).toContain('Larkfell: your call is in 15 minutes');
  expect(subjects().some((subject) => /: your call with .+ is in 15 minutes$/.test(subject))).toBe(true);
  await bringNear(world, 0);
  await expect(desk.toasts.getByText('It is time for your call by phone.')).toBeVisible();
  await desk.openView('mine', conversationId);
  await expect(desk.rowOf(conversationId)).toContainText('Callback');
  const task = desk.conversation.getByRole('region', { name: 'Callback' });
  await expect(task.getByText('Call the customer by phone now')).toBeVisible();
  await expect(task.getByRole('link', { name: '+351 912 345 646' })).toBeVisible();
  await expect(desk.context.getByRole('heading', { name: 'Summary' })).toBeVisible();
  await expect(visitor.chat.getByText('Time for your call')).toBeVisible();
  expect(await faultsOf(desk.page, 'the task')).toEqual([]);

  await desk.button(/^Resolve/).click();
  await expect(desk.toasts.getByText('Say first whether the call took place')).toBeVisible();
  await task.getByRole('button', { name: 'We talked' }).click();
  await expect(task).toBeHidden();
  await expect(visitor.chat.getByText('We talked')).toBeVisible();
  await desk.page.goto('/callbacks');
  await expect(desk.page.getByRole('row').filter({ hasText: 'Kept' })).toBeVisible();
  expect(world.log()).not.toContain('jonas.berg@post.example');
  expect(world.log()).not.toContain('912 345');
});

test('a call as soon as possible waits in line, and is called off by its page', async ({ customer }) => {
  const visitor = await customer();
  await visitor.askForPerson();
  await visitor.button('Choose a time').click();
  await visitor.chat.getByText('As soon as one of us is free').click();
  await visitor.chat.getByLabel('Call this number').fill('020 7946 0018');
  await visitor.button(/^Call me within /).click();
  await expect(visitor.chat.getByRole('heading', { name: /^We call you by / })).toBeVisible();
  const manage = visitor.page.context().waitForEvent('page');
  await visitor.chat.getByRole('link', { name: 'Move or cancel' }).click();
  const page = await manage;
  await page.getByText('Cancel the call').click();
  await page.getByRole('button', { name: 'Yes, cancel it' }).click();
  await expect(page.getByRole('heading', { name: 'The call is cancelled' })).toBeVisible();
  await expect(visitor.chat.getByText('The call is cancelled')).toBeVisible();
});

test('an agent agrees a call out of a conversation, and it rests until then', async ({ agent, customer }) => {
  const visitor = await customer();
  await visitor.queueWith('Can you look into my order and call me?');
  const sam = await agent('sam');
  await sam.openView('pending');
  const row = sam.queue.getByRole('listitem').filter({ hasText: 'look into my order' });
  await row.hover();
  await row.getByRole('button', { name: /^Claim/ }).click();
  await expect(sam.withYou).toBeVisible();
  await sam.button('More').click();
  await sam.page.getByRole('menuitem', { name: 'Schedule a callback' }).click();
  const dialog = sam.page.getByRole('dialog', { name: 'Schedule a callback' });
  await dialog.getByLabel('Phone number').fill('+44 20 7946 0018');
  await dialog.getByLabel('E-mail for the invitation').fill('kari@post.example');
  await dialog.getByRole('button', { name: 'Schedule', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(visitor.chat.getByRole('heading', { name: 'Your call is booked' })).toBeVisible();
  await expect(sam.conversation.getByText('Callback by phone with Sam Keller')).toBeVisible();
});

test('an admin sees what customers would be offered before it is saved', async ({ agent }) => {
  const jonas = await agent('jonas');
  await jonas.page.goto('/settings/callbacks');
  await expect(jonas.page.getByText(/^Next free: /).first()).toBeVisible();
  const buffer = jonas.page.getByLabel('Kept free after each call').first();
  await buffer.fill('20 min');
  await expect(jonas.page.getByText('1 change, not saved').first()).toBeVisible();
  await jonas.page.getByRole('button', { name: 'Save' }).first().click();
  await expect(jonas.page.getByText('Saved. It holds from now on.').first()).toBeVisible();
  expect(await faultsOf(jonas.page, 'callback settings')).toEqual([]);
  await jonas.page.goto('/audit?of=settings');
  await expect(jonas.page.getByText('buffer 5 min → 20 min')).toBeVisible();
});

test('who waits in line has an e-mail or a call instead, and the chat says what was agreed', async ({
  customer,
}) => {
  const visitor = await customer();
  await visitor.askForPerson();
  await visitor.button('Connect now').click();
  await expect(visitor.queue).toBeVisible();
  await visitor.button('E-mail me instead').click();
  await expect(visitor.log.getByText('A specialist writes to you within 4 h of our hours.')).toBeVisible();
  expect(await faultsOf(visitor.page, 'e-mail instead')).toEqual([]);
  await visitor.chat.getByLabel('Where should the answer go?').fill('nora@post.example');
  await visitor.button('E-mail me').last().click();
  await expect(visitor.log.getByText('the answer goes to nora@post.example')).toBeVisible();
  await expect(visitor.button('E-mail me instead')).toBeHidden();
  await visitor.button('Leave the line').click();
  await expect(visitor.log.getByText('You left the line')).toBeVisible();

  await visitor.askForPerson();
  await visitor.button('Connect now').click();
  await visitor.button('Call me instead').click();
  await expect(visitor.chat.getByRole('heading', { name: 'When shall we call?' })).toBeVisible();
  await visitor.chat.getByLabel('Call this number').fill('+351 912 345 646');
  expect(await faultsOf(visitor.page, 'a call instead')).toEqual([]);
  await visitor.button(/^Call me (Today|Tomorrow|\w+day) /).click();
  await expect(visitor.chat.getByRole('heading', { name: 'Your call is booked' })).toBeVisible();
  await expect(visitor.chat.getByText('Call booked', { exact: true })).toBeVisible();
  await expect(visitor.queue).toBeHidden();
});
