import { z } from 'zod';
import { BOT_TOOLS } from '@/lib/domain/bot-tools';

/** Which tools a bot goes without. */
export const toolTerms = z.strictObject({
  off: z
    .array(z.union([z.enum(BOT_TOOLS), z.templateLiteral(['lookup:', z.uuid()])], 'There is no such tool.'))
    .max(100)
    .refine((off) => new Set(off).size === off.length, 'Each tool once.')
    .readonly(),
});
