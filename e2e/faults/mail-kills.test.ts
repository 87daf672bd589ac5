import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openTestSmtp, type TestSmtp } from '@/lib/integrations/email/test-smtp';
import { openTestWorld, type TestWorld } from '@/lib/services/testing';
import { startTestServerProcess, type TestServerProcess } from '@/lib/setup/test-world.mjs';

const ROUND = 10;
const KILLS = 8;
/** What one process sends at once. */
const AT_ONCE = 4;
const POINTS = ['mail-sent', 'mail-leased'] as const;

/**
 * Two server processes empty one outbox while one of them is killed again and again: once the SMTP server has taken a mail
 * and before it is marked, and with a mail leased and not yet sent.
 */
describe('the outbox under kills, over two server processes on one database', () => {
  let world: TestWorld;
  let smtp: TestSmtp;
  const servers: TestServerProcess[] = [];

  beforeAll(async () => {
    world = await openTestWorld();
    smtp = await openTestSmtp();
    const env = {
      BATON_SECRET: world.secret,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Larkfell <help@larkfell.example>',
    };
    for (let index = 0; index < 2; index++) {
      servers.push(await startTestServerProcess({ databaseUrl: world.databaseUrl, env }));
    }
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    await smtp?.close();
    await world?.close();
  });

  const waiting = async (): Promise<number> => {
    const [row] = await world.ctx.db.query<{ count: number }>(
      `select count(*)::int as count from outbox where state = 'waiting'`,
    );
    return row?.count ?? 0;
  };
  /** In a burst, as when a server comes back: both processes look at once. */
  async function put(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      await world.ctx.db.query(
        `with mail as (
           insert into outbox (id, kind, recipient, subject, text, html, created_at, due_at)
           values ($1::uuid, 'test', $2::text, 'Subject', 'Text', '<p>Text</p>', now(), now()))
         update timers set due_at = now(), attempts = 0, locked_until = null where kind = 'outbox.due'`,
        [world.ctx.newId(), `customer${index}@post.example`],
      );
    }
  }
  /** What a killed process had leased is due again after its lease, which a test need not wait for. */
  const endLeases = () =>
    world.ctx.db.query(
      `with ended as (update outbox set locked_until = now() where locked_until is not null)
       update timers set due_at = now(), attempts = 0, locked_until = null where kind = 'outbox.due'`,
    );

  it('each mail is sent, none twice but for those whose sender was killed, and those with one Message-ID', async () => {
    const [survivor, killed] = servers;
    if (!survivor?.pid || !killed) throw new Error('Two servers are needed');
    for (let kill = 0; kill < KILLS; kill++) {
      await killed.restart({ BATON_FAILPOINT: `${POINTS[kill % POINTS.length]}:${1 + (kill % 3)}` });
      // So that it is the other that begins.
      process.kill(Number(survivor.pid), 'SIGSTOP');
      await put(ROUND);
      await killed.ended();
      await endLeases();
      process.kill(Number(survivor.pid), 'SIGCONT');
      await vi.waitUntil(async () => (await waiting()) === 0, { timeout: 30_000, interval: 20 });
    }
    const twice = smtp.mails.length - KILLS * ROUND;
    // At most what the killed one had under way each time.
    expect(twice).toBeGreaterThan(0);
    expect(twice).toBeLessThanOrEqual(AT_ONCE * KILLS);
    await killed.restart();
    await put(4 * ROUND);
    await vi.waitUntil(async () => (await waiting()) === 0, { timeout: 30_000, interval: 20 });
    const made = (KILLS + 4) * ROUND;
    expect(smtp.mails).toHaveLength(made + twice);

    const rows = await world.ctx.db.query<{ id: string; state: string }>('select id, state from outbox');
    expect(rows).toHaveLength(made);
    expect(rows.every(({ state }) => state === 'sent')).toBe(true);
    const ids = smtp.mails.map(({ mail }) => mail.messageId);
    expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => `<${id}@larkfell.example>`)));
    const first = new Map(smtp.mails.map(({ mail, raw }) => [mail.messageId, { mail, raw }]));
    for (const { mail } of smtp.mails) {
      const same = first.get(mail.messageId)?.mail;
      expect([mail.text, mail.date, mail.to]).toEqual([same?.text, same?.date, same?.to]);
    }
    for (const server of servers) expect(server.log()).not.toContain('@post.example');
  });
});
