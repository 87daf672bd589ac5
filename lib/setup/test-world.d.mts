export const TEST_SECRET: string;

export interface OwnDatabase {
  readonly name: string;
  readonly url: string;
  drop(): Promise<void>;
}

export interface TestServerProcess {
  readonly baseUrl: string;
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly pid: number | undefined;
  log(): string;
  ended(): Promise<void>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  restart(env?: Record<string, string>): Promise<void>;
  cli(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

export function makeSeededTemplate(serverUrl: string, options?: { days?: number }): Promise<OwnDatabase>;
export function createDatabase(serverUrl: string, name: string, template?: string): Promise<OwnDatabase>;
export function startTestServerProcess(options: {
  databaseUrl: string;
  port?: number;
  env?: Record<string, string>;
  readyWithinMs?: number;
}): Promise<TestServerProcess>;
