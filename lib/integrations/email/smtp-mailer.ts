import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { SmtpConfig } from '@/lib/config';
import type { Delivery, Mail } from '@/lib/domain/mail';
import type { Mailer } from '@/lib/services/mail/mailer';

/** For each word of the other side, and for all of a mail together. */
const TIMES = { stepMs: 10_000, deadlineMs: 45_000 };
const LONGEST_REASON = 300;

/**
 * E-mail by SMTP. Each mail has a connection of its own, which the deadline cuts: whoever leased the mail knows that
 * nothing of it is under way any more when the lease ends. Credentials never travel without TLS but to this machine.
 */
export function smtpMailer(config: SmtpConfig, times = TIMES): Mailer {
  const { host, port, from } = config;

  async function within<T>(run: (transport: ReturnType<typeof createTransport>) => Promise<T>): Promise<T> {
    const socket = connect({ host, port });
    const deadline = setTimeout(
      () => socket.destroy(new Error('The server took too long.')),
      times.deadlineMs,
    );
    try {
      return await run(
        createTransport({
          host,
          port,
          secure: config.secure,
          ...(config.auth === null ? {} : { auth: config.auth }),
          requireTLS: config.auth !== null && !isLoopback(host),
          ignoreTLS: isLoopback(host) && !config.secure,
          getSocket: (_: object, use: UseSocket) => whenConnected(socket, use, times.stepMs),
          greetingTimeout: times.stepMs,
          socketTimeout: times.stepMs,
          disableFileAccess: true,
          disableUrlAccess: true,
        }),
      );
    } finally {
      clearTimeout(deadline);
      socket.destroy();
    }
  }

  return {
    server: { host, port, from: from.address },
    async send(mail) {
      try {
        await within((transport) => transport.sendMail(letter(mail, from)));
        return { kind: 'sent' };
      } catch (error) {
        return deliveryOf(error);
      }
    },
    async check() {
      try {
        await within((transport) => transport.verify());
        return null;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}

type UseSocket = (error: Error | null, options?: { connection: Socket }) => void;

/** A connection of our own making, so that we can cut it. */
function whenConnected(socket: Socket, use: UseSocket, withinMs: number): void {
  const late = setTimeout(() => socket.destroy(new Error('The server cannot be reached.')), withinMs);
  const failed = (error: Error) => {
    clearTimeout(late);
    use(error);
  };
  socket.once('error', failed);
  socket.once('connect', () => {
    clearTimeout(late);
    socket.off('error', failed);
    use(null, { connection: socket });
  });
}

/** The same bytes for the same mail, its date and Message-ID included. Nobody's autoresponder need answer it. */
function letter(mail: Mail, from: SmtpConfig['from']) {
  return {
    from,
    to: { name: '', address: mail.recipient },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    ...(mail.calendar ? { icalEvent: { method: methodOf(mail.calendar), content: mail.calendar } } : {}),
    date: new Date(mail.createdAt),
    messageId: `<${mail.id}@${from.address.split('@').at(-1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

/** What the invitation asks of a calendar stands in it; the header must say the same. */
function methodOf(calendar: string): string {
  return /^METHOD:(\w+)/m.exec(calendar)?.[1] ?? 'PUBLISH';
}

/** What the server answers these with is about the one mail; all before is about us. */
const OF_THE_MAIL = ['RCPT TO', 'DATA'];

/** The server's final word (5xx) on a mail's recipient or content ends it; all else may pass. */
function deliveryOf(error: unknown): Delivery {
  const { command, responseCode } = (error ?? {}) as { command?: string; responseCode?: number };
  const ofMail = command !== undefined && OF_THE_MAIL.includes(command) && responseCode !== undefined;
  const reason = reasonOf(error);
  if (ofMail && responseCode >= 500) return { kind: 'refused', reason };
  return { kind: 'failed', of: ofMail ? 'mail' : 'connection', reason };
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').slice(0, LONGEST_REASON);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}
