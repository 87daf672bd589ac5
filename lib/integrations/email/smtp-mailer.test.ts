import { afterEach, describe, expect, it } from 'vitest';
import type { SmtpConfig } from '@/lib/config';
import type { Mail } from '@/lib/domain/mail';
import { smtpMailer } from './smtp-mailer';
import { openBadServer, openTestSmtp, type TestSmtp } from './test-smtp';

let smtp: TestSmtp;
afterEach(() => smtp?.close());

const FROM = { name: 'Larkfell, the shop', address: 'help@larkfell.example' };
const to = (port: number, more: Partial<SmtpConfig> = {}) =>
  smtpMailer({ host: '127.0.0.1', port, secure: false, auth: null, from: FROM, ...more });
const mail: Mail = {
  id: '01990000-0000-7000-8000-000000000001',
  recipient: 'jonas.berg@post.example',
  subject: 'Maya answered',
  text: 'Your pole is on its way.\n\nÜ – 1',
  html: '<p>Your pole is on its way.</p>',
  createdAt: Date.UTC(2026, 10, 21, 9),
};

describe('a mail', () => {
  it('arrives whole, and twice the same when it is sent twice', async () => {
    smtp = await openTestSmtp();
    const mailer = to(smtp.port);
    expect(mailer.server).toEqual({ host: '127.0.0.1', port: smtp.port, from: 'help@larkfell.example' });
    expect(await mailer.check()).toBeNull();
    expect(await mailer.send(mail)).toEqual({ kind: 'sent' });
    expect(await mailer.send(mail)).toEqual({ kind: 'sent' });
    const [first, second] = smtp.mails.map(({ mail: parsed }) => parsed);
    expect(first?.messageId).toBe(`<${mail.id}@larkfell.example>`);
    expect(first?.from?.value).toEqual([FROM]);
    expect(first?.to).toMatchObject({ value: [{ address: 'jonas.berg@post.example' }] });
    expect(first?.subject).toBe('Maya answered');
    expect(first?.text?.trim()).toBe(mail.text);
    expect(first?.html).toBe(mail.html);
    expect(first?.date?.getTime()).toBe(mail.createdAt);
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated');
    expect([second?.messageId, second?.date, second?.text]).toEqual([
      first?.messageId,
      first?.date,
      first?.text,
    ]);
  });

  it('has no header and no recipient but ours, whatever is written in it', async () => {
    smtp = await openTestSmtp();
    const hostile = {
      ...mail,
      subject: 'Hello\r\nBcc: victim@post.example\r\n\r\nnew body',
      text: '.\r\nMAIL FROM:<x@y.example>\r\n.',
    };
    expect(await to(smtp.port).send(hostile)).toEqual({ kind: 'sent' });
    expect(smtp.mails).toHaveLength(1);
    const [{ mail: parsed } = { mail: null }] = smtp.mails;
    expect(parsed?.bcc).toBeUndefined();
    expect(parsed?.to).toMatchObject({ value: [{ address: mail.recipient }] });
    expect(parsed?.text).toContain('MAIL FROM');
  });
});

describe('what is not taken', () => {
  it('a recipient whom the server does not know is refused for good', async () => {
    smtp = await openTestSmtp();
    smtp.unknown.add(mail.recipient);
    expect(await to(smtp.port).send(mail)).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('550 No such mailbox here'),
    });
  });

  it('a server that is not there, or wants to know who we are, may take it later', async () => {
    smtp = await openTestSmtp({
      authOptional: false,
      onAuth: (auth, _, done) => done(auth.password === 'right' ? null : new Error('No'), { user: 'baton' }),
    });
    const { port } = smtp;
    const refused = await to(port, { auth: { user: 'baton', pass: 'wrong' } }).send(mail);
    expect(refused).toMatchObject({ kind: 'failed', of: 'connection' });
    expect(JSON.stringify(refused)).not.toContain('wrong');
    expect(await to(port).send(mail)).toMatchObject({ kind: 'failed', of: 'connection' });
    expect(await to(port, { auth: { user: 'baton', pass: 'right' } }).send(mail)).toEqual({ kind: 'sent' });
    await smtp.close();
    expect(await to(port).send(mail)).toMatchObject({ kind: 'failed', of: 'connection' });
    expect(await to(port).check()).toContain('ECONNREFUSED');
  });

  it.each([
    ['says nothing', ''],
    ['never comes to the point', '220-wait\r\n'],
    ['speaks something else', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('a server that %s is given up in time', async (_, words) => {
    const server = await openBadServer(words);
    const config = { host: '127.0.0.1', port: server.port, secure: false, auth: null, from: FROM };
    const mailer = smtpMailer(config, { stepMs: 300, deadlineMs: 600 });
    try {
      expect(await mailer.send(mail)).toMatchObject({ kind: 'failed', of: 'connection' });
      expect(await mailer.check()).not.toBeNull();
    } finally {
      server.close();
    }
  });

  it('credentials stay here where the server offers no TLS and is not on this machine', async () => {
    smtp = await openTestSmtp({ onAuth: (_auth, _, done) => done(null, { user: 'baton' }) });
    const elsewhere = to(smtp.port, { host: '0.0.0.0', auth: { user: 'baton', pass: 'secret' } });
    expect(await elsewhere.send(mail)).toMatchObject({ kind: 'failed', of: 'connection' });
    expect(smtp.mails).toEqual([]);
  });
});
