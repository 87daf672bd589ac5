import type { Delivery, Mail } from '@/lib/domain/mail';

/** The way out for e-mail. An adapter makes it of what the operator configured. */
export interface Mailer {
  /** As an admin may see it: no user, no password. */
  readonly server: { host: string; port: number; from: string };
  /** Hands a mail over. Never throws, and answers within 60 s whatever the other side does. */
  send(mail: Mail): Promise<Delivery>;
  /** Whether a mail would be taken just now: null, or why not. Sends nothing. */
  check(): Promise<string | null>;
}
