import { openDatabase } from '@/db/client';
import type { Config } from '@/lib/config';
import { deriveKeys } from '@/lib/crypto/keys';
import type { Brain } from '@/lib/domain/judgement';
import type { Calendars } from './calendar/calendars';
import type { Context, Log } from './context';
import { Awaiting } from './conversation/awaiting';
import { openDirectory } from './directory';
import { loadKnowledge } from './knowledge/load';
import { NO_MODEL } from './model/model';
import { uuidv7 } from './new-id';
import { NO_OUTBOUND } from './outbound';
import { TeamFlow } from './queue/team-flow';
import { openSettings } from './settings/settings';

const NOT_HERE = { kind: 'failed', reason: 'Calendars are not read here.' } as const;
const NO_CALENDARS: Calendars = {
  open: () => ({ busy: async () => NOT_HERE, write: null }),
  find: async () => NOT_HERE,
  accounts: [],
  consentUrl: () => {
    throw new Error(NOT_HERE.reason);
  },
  grant: async () => NOT_HERE,
};

/** The context of a process: what server, command line and tests start from, each with its own ends. */
export async function openContext(
  config: Pick<Config, 'databaseUrl' | 'secret' | 'baseUrl'>,
  ends: { brain: Brain; log: Log } & Partial<
    Pick<
      Context,
      | 'mailer'
      | 'calendars'
      | 'outbound'
      | 'model'
      | 'mailPauseMs'
      | 'publish'
      | 'showDraft'
      | 'wakeTimers'
      | 'hears'
      | 'now'
      | 'failpoint'
    >
  >,
): Promise<Context & { close(): Promise<void> }> {
  const db = openDatabase(config.databaseUrl, {
    onFault: (error) => ends.log.warn({ err: error }, 'a database connection ended badly'),
  });
  const [clock] = await db.query<{ now: Date }>('select clock_timestamp() as now');
  const offset = (clock?.now.getTime() ?? Date.now()) - Date.now();
  const now = ends.now ?? (() => Date.now() + offset);
  const settings = await openSettings(db);
  return {
    db,
    keys: deriveKeys(config.secret),
    baseUrl: config.baseUrl,
    now,
    newId: () => uuidv7(now()),
    brain: ends.brain,
    knowledge: await loadKnowledge(db, ends.brain, ends.log),
    directory: await openDirectory(db),
    settings,
    flow: new TeamFlow(db, settings),
    awaiting: new Awaiting(),
    log: ends.log,
    mailer: ends.mailer ?? null,
    calendars: ends.calendars ?? NO_CALENDARS,
    outbound: ends.outbound ?? NO_OUTBOUND,
    model: ends.model ?? NO_MODEL,
    mailPauseMs: ends.mailPauseMs ?? 60_000,
    publish: ends.publish ?? (() => {}),
    showDraft: ends.showDraft ?? (() => {}),
    wakeTimers: ends.wakeTimers ?? (() => {}),
    hears: ends.hears ?? (() => false),
    failpoint: ends.failpoint ?? (() => {}),
    close: () => db.close(),
  };
}
