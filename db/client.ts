import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { DatabaseUnavailable, isConnectionLoss } from './errors';
import { instantOf } from './instant-of';

const DEADLINE_MS = 8000;

/** Timestamps with time zone. */
const INSTANT = {
  to: 1184,
  from: [1184],
  serialize: (at: Date | string) => (at instanceof Date ? at : new Date(at)).toISOString(),
  parse: instantOf,
};

export type Parameter = string | number | boolean | Date | Buffer | null | undefined | object;
export type Drizzle = ReturnType<typeof drizzle>;

/**
 * Postgres as the product uses it. Every statement has a deadline: the driver can leave a promise unsettled when its
 * backend is killed, so that a caller is never left waiting, and the pool is made anew when that happens.
 */
export interface Database {
  /** One statement, prepared by its text. Throws DatabaseUnavailable when nothing is known about its fate. */
  query<Row>(text: string, parameters?: readonly Parameter[]): Promise<Row[]>;
  /** The query builder for reads that are not hot. Its own connections: drizzle changes the parsers of a client. */
  readonly orm: Drizzle;
  /** Hears what other processes notify, over a connection of its own that comes back by itself. Carries ids only. */
  listen(channel: string, onNotice: (payload: string) => void): Promise<void>;
  /** Drops all connections and opens new ones: what a fault of the driver asks for. */
  replace(): void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connections?: number;
  onFault?: (error: unknown) => void;
}

export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  const connections = options.connections ?? 8;
  const openPool = () =>
    postgres(url, {
      max: connections,
      onnotice: () => {},
      connection: { application_name: 'baton' },
      types: { instant: INSTANT },
    });
  let pool = openPool();
  let ormClient = postgres(url, { max: 4, onnotice: () => {} });
  let orm = drizzle(ormClient);
  let listener: postgres.Sql | null = null;

  const replace = () => {
    const old = [pool, ormClient];
    pool = openPool();
    ormClient = postgres(url, { max: 4, onnotice: () => {} });
    orm = drizzle(ormClient);
    for (const client of old) client.end({ timeout: 1 }).catch((error) => options.onFault?.(error));
  };

  return {
    async query<Row>(text: string, parameters: readonly Parameter[] = []) {
      const used = pool;
      const running = used.unsafe(text, [...parameters] as postgres.ParameterOrJSON<never>[], {
        prepare: true,
      });
      try {
        return (await withDeadline(running, () => {
          if (used === pool) replace();
        })) as unknown as Row[];
      } catch (error) {
        if (isConnectionLoss(error)) throw new DatabaseUnavailable(error);
        throw error;
      }
    },
    get orm() {
      return orm;
    },
    listen: async (channel, onNotice) => {
      listener ??= postgres(url, { max: 1, onnotice: () => {} });
      await listener.listen(channel, onNotice);
    },
    replace,
    close: async () => {
      await Promise.all([pool, ormClient, listener].map((client) => client?.end({ timeout: 5 })));
    },
  };
}

function withDeadline<T>(running: PromiseLike<T>, onDeadline: () => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      onDeadline();
      reject(new DatabaseUnavailable(new Error(`No answer within ${DEADLINE_MS} ms`)));
    }, DEADLINE_MS);
    running.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
