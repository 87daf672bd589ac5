import postgres from 'postgres';

/** The database could not answer: cut off, too slow, or not there. Nothing is known about the last statement. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('The database did not answer', { cause });
    this.name = 'DatabaseUnavailable';
  }
}

const CONNECTION_CODES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
]);

/** 57P01-57P03 are a server that stops or starts, 08* a broken connection, 53300 no connection left. */
export function isConnectionLoss(error: unknown): boolean {
  const code = errorCode(error);
  if (code === null) return false;
  return CONNECTION_CODES.has(code) || /^(57P0[1-5]|08|53300)/.test(code);
}

export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const source = postgresError(error);
  return source?.code === '23505' && source.constraint_name === constraint;
}

export function isForeignKeyViolation(error: unknown, constraint: string): boolean {
  const source = postgresError(error);
  return source?.code === '23503' && source.constraint_name === constraint;
}

/** Two rows that may not overlap. */
export function isExclusionViolation(error: unknown, constraint: string): boolean {
  const source = postgresError(error);
  return source?.code === '23P01' && source.constraint_name === constraint;
}

/** A guard beyond the head row that did not hold: `assert_one` raises it, and nothing was written. */
export function isAssertion(error: unknown, what: string): boolean {
  const source = postgresError(error);
  return source?.code === 'P0004' && source.message.startsWith(`expected one ${what}`);
}

function errorCode(error: unknown): string | null {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error && error.cause !== undefined ? errorCode(error.cause) : null;
}

/** Drizzle wraps what the driver throws. */
function postgresError(error: unknown): postgres.PostgresError | null {
  if (error instanceof postgres.PostgresError) return error;
  return error instanceof Error && error.cause !== undefined ? postgresError(error.cause) : null;
}
