import { readFileSync } from 'node:fs';
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
  BATON_EMBEDDER: z.enum(['use-lite', 'none']).default('use-lite'),
  BATON_MAIL_PAUSE_SECONDS: z.coerce.number().int().min(1).max(3600).default(60),
  BATON_INTERNAL_HOSTS: z.string().default(''),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_CLIENT_ID: z.string().min(1).optional(),
  MICROSOFT_CLIENT_SECRET: z.string().min(1).optional(),
  MICROSOFT_TENANT: z
    .string()
    .regex(/^[\w.-]+$/, 'must be a tenant, such as common or contoso.example')
    .default('common'),
  BATON_FAILPOINT: z.string().optional(),
  SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'must look like smtp://user:password@mail.example:587 or smtps://mail.example')
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => senderOf(text) !== null, 'must be an address, such as Our shop <help@shop.example>')
    .optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export interface SmtpConfig {
  host: string;
  port: number;
  /** TLS from the first byte; else by STARTTLS where it is offered. */
  secure: boolean;
  auth: { user: string; pass: string } | null;
  from: { name: string; address: string };
}

/** Applications that the operator registered with providers of calendars; null where there is none. */
export interface CalendarClients {
  google: { clientId: string; clientSecret: string } | null;
  outlook: { clientId: string; clientSecret: string; tenant: string } | null;
}

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
  /** By which model the bot goes by meaning; `none`: by words alone. */
  embedder: 'use-lite' | 'none';
  /** Hosts that may be asked for what people connect, though they are not of the public internet. */
  internalHosts: readonly string[];
  calendarClients: CalendarClients;
  /** A named point at which a test makes the process die. */
  failpoint: string | null;
  logLevel: string;
  /** So long after an agent's last words a customer who is away is mailed them. */
  mailPauseMs: number;
  /** Null: no e-mail leaves, and what there is to send waits. */
  smtp: SmtpConfig | null;
}

/** Reads and checks the environment once; throws one error that names every wrong variable. */
export function readConfig(source: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment
    .refine((env) => env.SMTP_URL === undefined || env.MAIL_FROM !== undefined, {
      path: ['MAIL_FROM'],
      error: 'is missing: SMTP_URL needs the address that mails come from',
    })
    .refine((env) => (env.GOOGLE_CLIENT_ID === undefined) === (env.GOOGLE_CLIENT_SECRET === undefined), {
      path: ['GOOGLE_CLIENT_ID'],
      error: 'and GOOGLE_CLIENT_SECRET go together',
    })
    .refine(
      (env) => (env.MICROSOFT_CLIENT_ID === undefined) === (env.MICROSOFT_CLIENT_SECRET === undefined),
      {
        path: ['MICROSOFT_CLIENT_ID'],
        error: 'and MICROSOFT_CLIENT_SECRET go together',
      },
    )
    .safeParse(fromFiles(source));
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
    embedder: env.BATON_EMBEDDER,
    internalHosts: env.BATON_INTERNAL_HOSTS.split(',')
      .map((host) => host.trim().toLowerCase())
      .filter((host) => host !== ''),
    calendarClients: {
      google: clientOf(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET, {}),
      outlook: clientOf(env.MICROSOFT_CLIENT_ID, env.MICROSOFT_CLIENT_SECRET, {
        tenant: env.MICROSOFT_TENANT,
      }),
    },
    failpoint: env.BATON_FAILPOINT ?? null,
    logLevel: env.LOG_LEVEL,
    mailPauseMs: env.BATON_MAIL_PAUSE_SECONDS * 1000,
    smtp: smtpOf(env),
  };
}

function clientOf<T extends object>(clientId: string | undefined, clientSecret: string | undefined, more: T) {
  return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret, ...more };
}

/** `SMTP_URL_FILE` names a file that holds the value: what a secret store puts there never stands in the environment. */
function fromFiles(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { SMTP_URL_FILE: file, ...rest } = source;
  if (!file) return source;
  if (rest.SMTP_URL)
    throw new Error('The environment is not usable.\nSMTP_URL: is given twice, also as a file');
  try {
    return { ...rest, SMTP_URL: readFileSync(file, 'utf8').trim() } as NodeJS.ProcessEnv;
  } catch (error) {
    throw new Error(`The environment is not usable.\nSMTP_URL_FILE: ${file} cannot be read`, {
      cause: error,
    });
  }
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return /^smtps?:$/.test(protocol) && hostname !== '' && /^\/?$/.test(pathname);
}

function smtpOf(env: { SMTP_URL?: string | undefined; MAIL_FROM?: string | undefined }): SmtpConfig | null {
  const from = senderOf(env.MAIL_FROM ?? '');
  if (env.SMTP_URL === undefined || from === null) return null;
  const { protocol, hostname, port, username, password } = new URL(env.SMTP_URL);
  const secure = protocol === 'smtps:';
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    auth: username === '' ? null : auth,
    from,
  };
}

/** `help@shop.example` or `Our shop <help@shop.example>`. */
function senderOf(text: string): SmtpConfig['from'] | null {
  const [, name = '', address = text] = text.match(/^([^<>"\r\n]*)<([^<>\s]+)>$/) ?? [];
  return /^[^\s@<>,;:"]+@[a-z0-9.-]+$/i.test(address.trim())
    ? { name: name.trim(), address: address.trim() }
    : null;
}
