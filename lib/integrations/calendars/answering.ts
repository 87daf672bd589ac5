import { NotFetched } from '../http/guarded-fetch';

/** What a calendar's server did that is no success. Its words are for whoever connected the calendar. */
export class CalendarFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CalendarFault';
  }
}

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'There is no server of that name.',
  EAI_AGAIN: 'The name of the server could not be looked up.',
  ECONNREFUSED: 'The server does not answer.',
  ECONNRESET: 'The server broke off.',
  EHOSTUNREACH: 'The server cannot be reached.',
  ENETUNREACH: 'The server cannot be reached.',
  ETIMEDOUT: 'The server took too long to answer.',
};

/** Runs what asks a calendar's server, and tells what went wrong in words in place of throwing. */
export async function answering<T extends { kind: string }>(
  ask: () => Promise<T>,
): Promise<T | { kind: 'failed'; reason: string }> {
  try {
    return await ask();
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

/** Ours are written to be read; of others the code alone is told, since their words may hold an address. */
function reasonOf(error: unknown): string {
  if (error instanceof CalendarFault || error instanceof NotFetched) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (CODES[code] !== undefined) return CODES[code];
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code))
    return 'The server’s certificate is not to be trusted.';
  return `The server could not be read${code === '' ? '' : ` (${code})`}.`;
}
