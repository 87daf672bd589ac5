import { z } from 'zod';
import { MAX_MESSAGE_LENGTH } from '@/lib/domain/conversation';
import { pageAddress } from '@/lib/domain/page-address';

/** What is sent with a command that needs no words. */
export const nothing = z.strictObject({});

export const id = z.uuid('must be an id');
export const clientId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be 8 to 64 letters, digits, - or _');
/** What the columns hold, so that a number too large is refused in words instead of by the database. */
const MAX_INT = 2_147_483_647;
const MAX_INSTANT = Date.UTC(9999, 11, 31);

export const ownerEpoch = z.number().int().min(1).max(MAX_INT);
export const seq = z.number().int().min(0).max(MAX_INT);
/** Epoch milliseconds. */
export const instant = z.number().int().min(0).max(MAX_INSTANT);

export const body = z
  .string()
  .trim()
  .min(1, 'Write something first.')
  .max(MAX_MESSAGE_LENGTH, `A message has at most ${MAX_MESSAGE_LENGTH} characters. Send it in parts.`)
  .refine(hasNoNul, 'must not contain the character NUL')
  .overwrite(wellFormed);
/** The page around the chat, by the word of the browser; what is no page counts as none. */
export const page = z.string().max(2000).transform(pageAddress).optional();

/** How they came by until then, by the word of the browser. */
export const visit = z
  .strictObject({ pages: z.int().min(0).max(MAX_INT), ms: z.int().min(0).max(MAX_INSTANT) })
  .optional();

/** Words that may be left out. */
export const note = z
  .string()
  .trim()
  .max(MAX_MESSAGE_LENGTH, `A note has at most ${MAX_MESSAGE_LENGTH} characters.`)
  .refine(hasNoNul, 'must not contain the character NUL')
  .overwrite(wellFormed);

function hasNoNul(text: string): boolean {
  return !text.includes('\u0000');
}

/** Half a character, as a cut emoji leaves it, cannot be stored: it becomes the replacement character here already. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
