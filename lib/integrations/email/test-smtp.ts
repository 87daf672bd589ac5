import { type AddressInfo, createServer, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface TestSmtp {
  url: string;
  port: number;
  /** What was taken, in order. */
  mails: { mail: ParsedMail; raw: string }[];
  /** Whom this server does not know. */
  unknown: Set<string>;
  /** Runs once a mail is there and before the server says that it took it. */
  beforeTaken: () => Promise<void>;
  close(): Promise<void>;
}

/** A real SMTP server on this machine that keeps what it is given. */
export async function openTestSmtp(options: SMTPServerOptions & { port?: number } = {}): Promise<TestSmtp> {
  const { port, ...more } = options;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSize: true,
    ...more,
    onRcptTo({ address }, _, done) {
      if (!smtp.unknown.has(address)) return done();
      done(Object.assign(new Error('No such mailbox here'), { responseCode: 550 }));
    },
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        simpleParser(raw).then(async (mail) => {
          smtp.mails.push({ mail, raw: raw.toString() });
          await smtp.beforeTaken();
          done();
        }, done);
      });
    },
  });
  // A client that is killed in mid-sentence is what some tests are about.
  server.on('error', () => {});
  await new Promise<void>((listening) => server.listen(port ?? 0, '127.0.0.1', listening));
  const address = server.server.address() as AddressInfo;
  const smtp: TestSmtp = {
    url: `smtp://127.0.0.1:${address.port}`,
    port: address.port,
    mails: [],
    unknown: new Set(),
    beforeTaken: async () => {},
    close: () => new Promise((closed) => server.close(closed)),
  };
  return smtp;
}

/** Takes connections and says what it is told to, at once and every 50 ms, which is no SMTP. */
export async function openBadServer(words: string): Promise<{ port: number; close(): void }> {
  const held = new Set<Socket>();
  const server = createServer((socket) => {
    const again = setInterval(() => socket.write(words), 50);
    held.add(socket.on('error', () => {}).on('close', () => clearInterval(again)));
    socket.write(words);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of held) socket.destroy();
      server.close();
    },
  };
}
