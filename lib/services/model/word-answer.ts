import { findSecret } from '@/db/queries/secrets';
import type { Judgement, Turn } from '@/lib/domain/judgement';
import type { ModelFault } from '@/lib/domain/model-settings';
import type { RuleOutcome } from '@/lib/domain/rules';
import type { Context } from '../context';
import { unsealSecret } from '../form/sealing-key';
import type { TurnMemory } from '../tools/look-up';
import { modelTools, toolOfModel } from '../tools/model-tools';
import type { ToolCall } from '../tools/use-tool';

/** How the model was used at a turn, for the log. */
type ModelEnd = 'said' | 'called' | 'refused' | ModelFault;

export interface Worded {
  judgement: Judgement;
  tool: ToolCall | null;
  end: ModelEnd;
}

interface AskedTurn {
  turns: readonly Turn[];
  seq: number;
  memory: TurnMemory;
  /** As the model's own; empty: it was asked. */
  show(text: string): void;
}

const BESIDE = 'If that is not it, I can bring in a person.';
const LOOKS_AT = 8;
const TURN_LENGTH = 1500;

/**
 * A model words what an article says, or names one of the bot's tools. It is asked only where the judgement and the rules
 * let the bot answer from an article, and whatever it writes changes no reason, priority or team. Null: it was not asked.
 * Where it does not come to its end, the built-in answer follows what was shown of its words.
 */
export async function wordAnswer(
  ctx: Context,
  { widgetId }: { widgetId: string },
  { turns, seq, memory, show }: AskedTurn,
  judgement: Judgement,
  ruled: RuleOutcome,
): Promise<Worded | null> {
  const settings = ctx.settings.model();
  const [source] = judgement.reply.sources;
  if (!settings.active || judgement.offer !== null || ruled.offer !== null || source === undefined)
    return null;
  const { title, text: body } = { title: source.title, text: judgement.reply.text };
  const held = memory.models.get(seq);
  const ask = {
    settings,
    key: await keyOf(ctx, settings.secretId),
    article: { title, body },
    turns: turns.slice(-LOOKS_AT).map(({ author, text }) => ({ author, text: text.slice(0, TURN_LENGTH) })),
    tools: modelTools(ctx, widgetId),
  };
  if (held === undefined) show('');
  const answer = held ?? (await ctx.model.ask(ask, show));
  memory.models.set(seq, answer);
  if (answer.kind === 'said') return { judgement: saying(judgement, answer.text), tool: null, end: 'said' };
  const known = saying(judgement, [answer.text, body].filter((text) => text !== '').join('\n\n'));
  if (answer.kind === 'refused') return { judgement: known, tool: null, end: 'refused' };
  if (answer.kind === 'failed') {
    ctx.log.warn({ fault: answer.fault }, 'the model failed; the built-in answer is given');
    return { judgement: known, tool: null, end: answer.fault };
  }
  const tool = toolOfModel(ctx, widgetId, answer.tool, answer.values);
  return tool === null
    ? { judgement: known, tool, end: 'refused' }
    : { judgement: withOffer(known, tool), tool, end: 'called' };
}

function saying(judgement: Judgement, text: string): Judgement {
  return { ...judgement, reply: { ...judgement.reply, text } };
}

/** A person or a call that a model names is offered beside the built-in answer, as to anybody whom it did not help. */
function withOffer(judgement: Judgement, { tool }: ToolCall): Judgement {
  if (tool === 'send_secure_form') return judgement;
  const text = `${judgement.reply.text}\n\n${BESIDE}`;
  return { ...saying(judgement, text), offer: { reason: 'low_confidence' } };
}

async function keyOf(ctx: Context, secretId: string | null): Promise<string | null> {
  const sealed = secretId === null ? null : await findSecret(ctx.db, secretId);
  return sealed === null ? null : (await unsealSecret(ctx, sealed)).toString();
}
