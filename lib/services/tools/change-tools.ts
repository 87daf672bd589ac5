import { z } from 'zod';
import type { Actor, AgentActor } from '@/lib/domain/actor';
import { DEFAULT_TOOL_SWITCHES, type ToolSwitches } from '@/lib/domain/bot-tools';
import { authorise } from '../authorise';
import type { Context } from '../context';
import { notFound } from '../errors';
import { id } from '../message/inputs';
import { changeSetting } from '../settings/change-setting';
import { seenVersion } from '../settings/inputs';
import { toolsKey } from '../settings/settings';
import { toolTerms } from './tool-terms';

export const changeToolsInput = z.strictObject({ widgetId: id, version: seenVersion, ...toolTerms.shape });

/** What the bot of a widget goes without from its next turn on. */
export async function changeTools(
  ctx: Context,
  actor: Actor,
  raw: z.input<typeof changeToolsInput>,
): Promise<ToolSwitches> {
  if (actor.kind === 'agent') authorise(actor, 'settings.change');
  const { widgetId, version: seen, off } = changeToolsInput.parse(raw);
  const widget = ctx.directory.widget(widgetId);
  if (widget === undefined) throw notFound('widget');
  return changeSetting(ctx, actor, {
    key: toolsKey(widgetId),
    kind: 'tools.changed',
    about: { widgetId, botName: widget.botName, shopName: widget.shopName },
    name: 'the tools',
    held: () => ctx.settings.tools(widgetId),
    missing: DEFAULT_TOOL_SWITCHES.version,
    seen,
    wanted: (version) => ({ version, off: [...off].sort() }),
  });
}

/** What every bot goes without, in the order of the widgets. */
export function readTools(
  ctx: Context,
  actor: AgentActor,
): { widgetId: string; botName: string; shopName: string; tools: ToolSwitches }[] {
  authorise(actor, 'settings.read');
  return ctx.directory.widgets().map(({ id: widgetId, botName, shopName }) => ({
    widgetId,
    botName,
    shopName,
    tools: ctx.settings.tools(widgetId),
  }));
}
