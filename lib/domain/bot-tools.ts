/** What a bot may do beside answering, by the names under which a model knows them too. */
export const BOT_TOOLS = [
  'transfer_to_human',
  'send_secure_form',
  'propose_callback_slots',
  'schedule_callback',
] as const;
export type BotTool = (typeof BOT_TOOLS)[number];

/** Which tools a bot goes without, look-ups by `lookup:` and their id. The version grows with each change. */
export interface ToolSwitches {
  version: number;
  off: readonly string[];
}

export const DEFAULT_TOOL_SWITCHES: ToolSwitches = { version: 1, off: [] };

export function isToolOn({ off }: Pick<ToolSwitches, 'off'>, tool: string): boolean {
  return !off.includes(tool);
}
