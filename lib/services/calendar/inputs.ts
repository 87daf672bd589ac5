import { z } from 'zod';

export const calendarName = z
  .string()
  .trim()
  .min(1, 'Give it a name.')
  .max(60, 'At most 60 characters.')
  .refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text), 'Letters and numbers alone.');
