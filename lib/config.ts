import { z } from 'zod';

/** The one reader of process.env. Every setting that an operator may give, with its default. */
const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(3000),
  DATABASE_URL: z
    .string({ error: 'is missing: start Baton with npm start, or name your Postgres' })
    .min(1, 'is empty: name your Postgres, or leave it out'),
  BATON_SECRET: z
    .string({ error: 'is missing: 64 hexadecimal digits (openssl rand -hex 32)' })
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits (openssl rand -hex 32)'),
  BATON_DATA_DIR: z.string().min(1).default('data'),
  BATON_BASE_URL: z.url().optional(),
  BATON_METRICS_TOKEN: z.string().min(16).optional(),
  BATON_SEED_DAYS: z.coerce.number().int().min(1).max(365).default(60),
  BATON_VISITOR_MESSAGES: z.coerce.number().int().min(1).default(20),
  BATON_FAILPOINT: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface Config {
  production: boolean;
  development: boolean;
  host: string;
  port: number;
  databaseUrl: string;
  secret: string;
  dataDir: string;
  baseUrl: string;
  metricsToken: string | null;
  /** How many messages a visitor may send within 20 seconds. */
  visitorMessages: number;
  /** How many days of history the demo world has. */
  seedDays: number;
  /** A named point at which a test makes the process die. */
  failpoint: string | null;
  logLevel: string;
}

/** Reads and checks the environment once; throws one error that names every wrong variable. */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(source);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not usable.\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  return {
    production: env.NODE_ENV === 'production',
    development: env.NODE_ENV === 'development',
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    secret: env.BATON_SECRET,
    dataDir: env.BATON_DATA_DIR,
    baseUrl: (env.BATON_BASE_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, ''),
    metricsToken: env.BATON_METRICS_TOKEN ?? null,
    visitorMessages: env.BATON_VISITOR_MESSAGES,
    seedDays: env.BATON_SEED_DAYS,
    failpoint: env.BATON_FAILPOINT ?? null,
    logLevel: env.LOG_LEVEL,
  };
}
