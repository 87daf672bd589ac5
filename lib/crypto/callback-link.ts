import { z } from 'zod';
import { readValues, signValues } from './signed-values';

const PURPOSE = 'callback';
const content = z.tuple([z.literal(1), z.uuid()]);

/** The proof in a mailed link that moves or cancels a call. How long it serves is for the call to say. */
export function signCallbackLink(key: Buffer, callbackId: string): string {
  return signValues(key, PURPOSE, [1, callbackId]);
}

/** Null for anything that was not signed by us, whole. */
export function readCallbackLink(key: Buffer, text: string): string | null {
  const parsed = content.safeParse(readValues(key, PURPOSE, text));
  return parsed.success ? parsed.data[1] : null;
}
