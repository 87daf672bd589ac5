import { DatabaseUnavailable } from '@/db/errors';
import type { ErrorCode, Refusal } from '@/lib/domain/errors';

/** The one error that verbs throw on purpose. Edges map it once: a code to act on and words to read. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Omit<Refusal, 'code' | 'message'>;

  constructor(code: ErrorCode, message: string, details: Omit<Refusal, 'code' | 'message'> = {}) {
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  get refusal(): Refusal {
    return { code: this.code, message: this.message, ...this.details };
  }
}

/** "Not yours" and "not there" answer alike. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}, or it is not yours to see.`);
}

/** The database did not answer, and nothing is known about what was asked: the same may be sent again. */
export function isOutage(error: unknown): boolean {
  return error instanceof DatabaseUnavailable;
}
