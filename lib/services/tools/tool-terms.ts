import { z } from 'zod';
import { BOT_TOOLS } from '@/lib/domain/bot-tools';

/** Which tools a bot goes without. */
export const toolTerms = z.strictObject({
  off: z
    .array(z.enum(BOT_TOOLS, 'There is no such tool.'))
    .max(BOT_TOOLS.length)
    .refine((off) => new Set(off).size === off.length, 'Each tool once.')
    .readonly(),
});
