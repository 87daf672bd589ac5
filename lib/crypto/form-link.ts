import { z } from 'zod';
import { readValues, signValues } from './signed-values';

const PURPOSE = 'form';
const content = z.tuple([z.literal(1), z.string(), z.number()]);

/** Which form a link opens, and until when. Whether it was submitted already only the database knows. */
export interface FormLink {
  linkId: string;
  expiresAt: number;
}

export function signFormLink(key: Buffer, { linkId, expiresAt }: FormLink): string {
  return signValues(key, PURPOSE, [1, linkId, expiresAt]);
}

/** Null for anything that was not signed by us, whole. Whether it is too old is for the caller to say. */
export function readFormLink(key: Buffer, text: string): FormLink | null {
  const parsed = content.safeParse(readValues(key, PURPOSE, text));
  if (!parsed.success) return null;
  const [, linkId, expiresAt] = parsed.data;
  return { linkId, expiresAt };
}
