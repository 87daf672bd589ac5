import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leaseMail, markMailNotSent } from '@/db/queries/outbox';
import type { AgentActor } from '@/lib/domain/actor';
import type { Context } from '../context';
import { expectRefused } from '../test-ledger';
import { openTestWorld, type TestWorld } from '../testing';
import { discardMail } from './discard';
import { checkConnection, readMails } from './read';
import { retryMail } from './retry';
import { sendTestMail } from './send-test';

let world: TestWorld;
let admin: AgentActor;
beforeAll(async () => {
  world = await openTestWorld();
  admin = await world.agent('Jonas', 'admin');
});
afterAll(() => world.close());
beforeEach(() => world.ctx.db.query('delete from outbox'));

const read = (state: Parameters<typeof readMails>[2]['state'] = 'waiting') =>
  readMails(world.ctx, admin, { state, before: null });
const settingsLog = () =>
  world.ctx.db.query<{ kind: string; payload: object }>(
    `select kind, payload from stream_events where stream = 'settings' order by seq desc`,
  );
/** As a sender whom the server said no for good. */
async function fail(): Promise<string> {
  const mail = await leaseMail(world.ctx.db, world.clock.now, 1000);
  if (mail === null) throw new Error('Nothing waits');
  await markMailNotSent(world.ctx.db, mail, { reason: '550 no', dueAt: null });
  return mail.id;
}

describe('a test e-mail', () => {
  it('waits in the outbox for oneself, and the log tells who asked, without an address', async () => {
    const { mailId } = await sendTestMail(world.ctx, admin);
    const own = world.ctx.directory.agent(admin.id)?.email ?? '';
    const page = await read();
    expect(page).toMatchObject({
      server: null,
      counts: { waiting: 1, sent: 0, failed: 0, discarded: 0 },
      ownAddress: own,
      next: null,
      mails: [{ id: mailId, kind: 'test', recipient: own, subject: 'Larkfell: a test e-mail', attempts: 0 }],
    });
    const [logged] = await settingsLog();
    expect(logged).toEqual({ kind: 'mail.tested', payload: { mailId } });
    const [timer] = await world.ctx.db.query(`select key from timers where key = 'outbox.due'`);
    expect(timer).toBeDefined();
  });

  it('goes to nobody where the own address cannot be mailed', async () => {
    await world.ctx.db.query(`update users set email = 'jonas@localhost' where id = $1::uuid`, [admin.id]);
    await world.ctx.directory.refresh();
    await expectRefused(world, 'invalid', () => sendTestMail(world.ctx, admin));
    await world.ctx.db.query(`update users set email = 'jonas@larkfell.example' where id = $1::uuid`, [
      admin.id,
    ]);
    await world.ctx.directory.refresh();
  });
});

describe('whoever runs the outbox', () => {
  it('has a failed mail tried anew, from the start', async () => {
    const { mailId } = await sendTestMail(world.ctx, admin);
    await fail();
    expect((await read('failed')).mails).toMatchObject([{ id: mailId, lastError: '550 no', attempts: 1 }]);
    await retryMail(world.ctx, admin, { mailId });
    expect((await read()).mails).toMatchObject([{ id: mailId, attempts: 0, dueAt: world.clock.now }]);
    expect((await settingsLog())[0]).toEqual({ kind: 'mail.retried', payload: { mailId } });
  });

  it('discards what waits, once; it is never sent', async () => {
    const { mailId } = await sendTestMail(world.ctx, admin);
    await discardMail(world.ctx, admin, { mailId });
    expect((await read('discarded')).mails).toMatchObject([{ id: mailId }]);
    expect(await leaseMail(world.ctx.db, world.clock.now, 1000)).toBeNull();
    await expectRefused(world, 'conflict', () => discardMail(world.ctx, admin, { mailId }));
    await expectRefused(world, 'conflict', () => retryMail(world.ctx, admin, { mailId }));
  });

  it('touches nothing that is under way, nor what is not there', async () => {
    const { mailId } = await sendTestMail(world.ctx, admin);
    await leaseMail(world.ctx.db, world.clock.now, 1000);
    expect((await read()).mails).toMatchObject([{ isBeingSent: true }]);
    await expectRefused(world, 'conflict', () => discardMail(world.ctx, admin, { mailId }));
    await expectRefused(world, 'conflict', () => retryMail(world.ctx, admin, { mailId }));
    world.clock.now += 1001;
    await discardMail(world.ctx, admin, { mailId });
    const unknown = { mailId: world.ctx.newId() };
    await expectRefused(world, 'conflict', () => discardMail(world.ctx, admin, unknown));
    await expectRefused(world, 'conflict', () => retryMail(world.ctx, admin, unknown));
    await expectRefused(world, 'invalid', () => retryMail(world.ctx, admin, { mailId: 'x' }));
  });

  it('is an admin, for each of the verbs', async () => {
    const { mailId } = await sendTestMail(world.ctx, admin);
    const supervisor = await world.agent('Sue', 'supervisor');
    for (const who of [world.ana, supervisor]) {
      await expectRefused(world, 'forbidden', () => sendTestMail(world.ctx, who));
      await expectRefused(world, 'forbidden', () => retryMail(world.ctx, who, { mailId }));
      await expectRefused(world, 'forbidden', () => discardMail(world.ctx, who, { mailId }));
      await expectRefused(world, 'forbidden', () =>
        readMails(world.ctx, who, { state: 'sent', before: null }),
      );
      await expectRefused(world, 'forbidden', () => checkConnection(world.ctx, who));
    }
  });

  it('turns pages, and sees no link that is its reader’s alone', async () => {
    for (let index = 0; index < 53; index++) await sendTestMail(world.ctx, admin);
    await world.ctx.db.query(
      `update outbox set text = 'Open: http://127.0.0.1:3000/return/abc.def' || chr(10) || 'x'`,
    );
    const first = await read();
    expect(first.mails).toHaveLength(50);
    expect(first.mails[0]?.text).toBe('Open: http://127.0.0.1:3000/return/…\nx');
    const second = await readMails(world.ctx, admin, { state: 'waiting', before: first.next });
    expect(second.mails).toHaveLength(3);
    expect(second.next).toBeNull();
    const ids = [...first.mails, ...second.mails].map(({ id }) => id);
    expect(new Set(ids).size).toBe(53);
  });

  it('is told how the connection stands', async () => {
    expect(await checkConnection(world.ctx, admin)).toEqual({ trouble: 'No server is configured.' });
    const mailer = {
      server: { host: 'mail.example', port: 587, from: 'help@larkfell.example' },
      check: async () => 'ECONNREFUSED',
      send: async () => ({ kind: 'sent' }) as const,
    };
    const ctx: Context = { ...world.ctx, mailer };
    expect(await checkConnection(ctx, admin)).toEqual({ trouble: 'ECONNREFUSED' });
    expect((await readMails(ctx, admin, { state: 'sent', before: null })).server).toEqual(mailer.server);
  });
});
