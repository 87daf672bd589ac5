export const ERROR_CODES = [
  'not_found',
  'forbidden',
  'conflict',
  'invalid',
  'limit',
  'unauthenticated',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What a refused caller is told: a code to act on, words to read, and for a lost race who won it. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  winner?: { name: string; at: number };
  fields?: Record<string, string>;
}
