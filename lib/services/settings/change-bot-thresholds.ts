import { z } from 'zod';
import type { Actor } from '@/lib/domain/actor';
import { type BotThresholds, DEFAULT_BOT_THRESHOLDS } from '@/lib/domain/bot-settings';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { changeSetting } from './change-setting';
import { botTerms, seenVersion } from './inputs';
import { BOT_THRESHOLDS } from './settings';

export const changeBotThresholdsInput = z.strictObject({ version: seenVersion, ...botTerms.shape });

/** The bot of every server judges by these from its next turn on. */
export async function changeBotThresholds(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeBotThresholdsInput>,
): Promise<BotThresholds> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { version: seen, ...terms } = changeBotThresholdsInput.parse(raw);
  return changeSetting(ctx, actor, {
    key: BOT_THRESHOLDS,
    kind: 'bot.thresholdsChanged',
    name: 'the thresholds',
    held: () => ctx.settings.thresholds(),
    missing: DEFAULT_BOT_THRESHOLDS.version,
    seen,
    wanted: (version) => ({ version, ...terms }),
  });
}
