import type { AskedTime } from '@/lib/domain/asked-time';
import { isToolOn } from '@/lib/domain/bot-tools';
import { type FormTemplate, isAskedFor, minutesToFill } from '@/lib/domain/form-template';
import type { Judgement } from '@/lib/domain/judgement';
import type { Context } from '../context';
import type { Outlook } from '../handoff/availability';

/** A tool with what it needs to know. Nothing is sent or agreed by it: it is put before the customer, who chooses. */
export type ToolCall =
  | { tool: 'transfer_to_human' }
  | { tool: 'send_secure_form'; templateId: string }
  | { tool: 'propose_callback_slots'; asked: AskedTime }
  | { tool: 'schedule_callback'; asked: AskedTime };

/** The tool that a customer's words ask for, among those that the bot has. Null where they ask for none. */
export function askedTool(
  ctx: Context,
  widgetId: string,
  text: string,
  judgement: Judgement,
): ToolCall | null {
  const tools = ctx.settings.tools(widgetId);
  const isOn = (tool: ToolCall['tool']) => isToolOn(tools, tool);
  const form = isOn('send_secure_form') && ctx.settings.forms().find((each) => isAskedFor(each, text));
  if (judgement.offer?.reason === 'requested_by_customer') {
    const { call: asked } = judgement;
    if (asked !== undefined && isOn('schedule_callback')) {
      const isExact = asked.minute !== null || asked.inMinutes !== null;
      const named = isExact || !isOn('propose_callback_slots');
      return { tool: named ? 'schedule_callback' : 'propose_callback_slots', asked };
    }
    if (!form) return isOn('transfer_to_human') ? { tool: 'transfer_to_human' } : null;
  }
  return form ? { tool: 'send_secure_form', templateId: form.id } : null;
}

/** The judgement with what a tool adds to it. Whatever was offered already stays offered, for the same reason. */
export function withTool(ctx: Context, judgement: Judgement, call: ToolCall | null): Judgement {
  const form = call?.tool === 'send_secure_form' ? ctx.settings.form(call.templateId) : undefined;
  if (form === undefined) return judgement;
  const { offer, reply } = judgement;
  const isUnsure = offer?.reason === 'low_confidence' || offer?.reason === 'out_of_scope';
  const text = isUnsure ? formText(form) : `${reply.text}\n\n${formText(form)}`;
  return { ...judgement, reply: { ...reply, text }, offer: offer ?? { reason: 'requested_by_customer' } };
}

function formText({ name, fields }: FormTemplate): string {
  const minutes = minutesToFill(fields);
  return `There is a form for that, “${name}”. It takes about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, and a person reads it.`;
}

/** What the bot says where a call was asked for and can be had; null where it says what it would have said. */
export function callText(call: ToolCall | null, outlook: Outlook | null): string | null {
  if (call === null || !('asked' in call) || !outlook?.callback) return null;
  return outlook.callback.kind === 'slots'
    ? 'We can call you. Choose one of these times; nothing is agreed before you do.'
    : 'We can call you. Leave your number here; nothing is agreed before you do.';
}

/** What a tool adds to an offer. */
export function toolOffer(call: ToolCall | null): { templateId?: string; asked?: AskedTime } {
  if (call === null || call.tool === 'transfer_to_human') return {};
  return call.tool === 'send_secure_form' ? { templateId: call.templateId } : { asked: call.asked };
}
