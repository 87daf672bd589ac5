import { ANY_TIME } from '@/lib/domain/asked-time';
import { isToolOn } from '@/lib/domain/bot-tools';
import type { ModelTool } from '@/lib/domain/model-settings';
import type { Context } from '../context';
import type { ToolCall } from './use-tool';

/** The tools of a bot as a model is told of them: those that are switched on, and no more. */
export function modelTools(ctx: Context, widgetId: string): ModelTool[] {
  const isOn = (tool: string) => isToolOn(ctx.settings.tools(widgetId), tool);
  const forms = ctx.settings.forms().filter(({ active, offer }) => active && offer !== null);
  const tools: ModelTool[] = [];
  if (isOn('transfer_to_human')) {
    tools.push({
      name: 'transfer_to_human',
      does: 'Offers the customer to chat with a person.',
      arguments: [],
    });
  }
  if (isOn('send_secure_form') && forms.length > 0) {
    const means = `One of: ${forms.map(({ id, name }) => `${id} (${name})`).join(', ')}.`;
    const form = { id: 'form', means };
    tools.push({ name: 'send_secure_form', does: 'Offers the customer a form.', arguments: [form] });
  }
  if (isOn('propose_callback_slots') && isOn('schedule_callback')) {
    const does = 'Shows the customer times at which we could call them.';
    tools.push({ name: 'propose_callback_slots', does, arguments: [] });
  }
  return tools;
}

/** What a model called, held to the tools once more; null where it may not be. */
export function toolOfModel(
  ctx: Context,
  widgetId: string,
  name: string,
  values: Readonly<Record<string, string>>,
): ToolCall | null {
  if (!modelTools(ctx, widgetId).some((tool) => tool.name === name)) return null;
  if (name === 'transfer_to_human') return { tool: name };
  if (name === 'propose_callback_slots') return { tool: name, asked: ANY_TIME };
  const form = ctx.settings
    .forms()
    .find(({ id, active, offer }) => id === values.form && active && offer !== null);
  return form ? { tool: 'send_secure_form', templateId: form.id } : null;
}
