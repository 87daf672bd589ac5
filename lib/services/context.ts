import type { Database } from '@/db/client';
import type { Change, Committed } from '@/db/commit';
import type { Keys } from '@/lib/crypto/keys';
import type { LoggedActor } from '@/lib/domain/actor';
import type { Brain } from '@/lib/domain/judgement';
import type { BotDraft, CustomerView } from '@/lib/protocol';
import type { Calendars } from './calendar/calendars';
import type { Awaiting } from './conversation/awaiting';
import type { Directory } from './directory';
import type { Knowledge } from './knowledge/load';
import type { Mailer } from './mail/mailer';
import type { Model } from './model/model';
import type { Outbound } from './outbound';
import type { TeamFlow } from './queue/team-flow';
import type { Settings } from './settings/settings';

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a commit means for those who watch: told after it, never before. */
export interface Publication {
  committed: Committed;
  change: Change;
  actor: LoggedActor;
  at: number;
  /** Where the conversation was before: the queue and the agent that lose it. */
  left: { teamId?: string | null; agentId?: string | null };
  /** Who the customer turned out to be, when the change says so. */
  customer?: CustomerView;
}

/** All that a verb may touch. Clock, ids, brain and the outside world come in here, so that tests can hand in their own. */
export interface Context {
  db: Database;
  keys: Keys;
  baseUrl: string;
  /** Epoch milliseconds, kept to the database's clock. */
  now(): number;
  newId(): string;
  brain: Brain;
  knowledge: Knowledge;
  directory: Directory;
  settings: Settings;
  flow: TeamFlow;
  awaiting: Awaiting;
  log: Log;
  /** Null while the operator has configured no way out: what there is to send waits. */
  mailer: Mailer | null;
  /** The calendars that agents keep elsewhere. */
  calendars: Calendars;
  /** The way out over HTTP to where admins say. */
  outbound: Outbound;
  /** Words answers, where an admin configured one. */
  model: Model;
  /** So long after an agent's last words a visitor who is away is mailed them. */
  mailPauseMs: number;
  publish(publication: Publication): void;
  /** Shows a visitor what the bot is about to say to them. Nothing is kept of it, and it may be lost. */
  showDraft(visitorId: string, draft: BotDraft): void;
  /** A timer that is due now was written: look at once. */
  wakeTimers(): void;
  /** Whether a desk of this agent is connected to this process. */
  hears(agentId: string): boolean;
  /** A named point at which a fault test may end the process. */
  failpoint(name: string): void;
}
