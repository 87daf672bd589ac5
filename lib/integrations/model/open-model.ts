import type { Config } from '@/lib/config';
import {
  MODEL_LONGEST_MS,
  type ModelAnswer,
  type ModelFault,
  type ModelRequest,
} from '@/lib/domain/model-settings';
import { sayable } from '@/lib/domain/sayable';
import type { Model } from '@/lib/services/model/model';
import { guardedFetch, NotFetched } from '../http/guarded-fetch';

const MAX_BYTES = 256 * 1024;
const MOST_TOKENS = 500;

/** An OpenAI-compatible endpoint. The SDK is loaded when it is first asked, so that a start without one pays nothing. */
export function openModel({ internalHosts }: Pick<Config, 'internalHosts'>): Model {
  return {
    async ask(request, show) {
      let shown = '';
      const keep = (text: string) => {
        if (text === shown) return;
        shown = text;
        show(text);
      };
      const total = AbortSignal.timeout(MODEL_LONGEST_MS);
      const heard = new AbortController();
      try {
        return await answerOf(request, internalHosts, AbortSignal.any([total, heard.signal]), keep);
      } catch (error) {
        return { kind: 'failed', fault: total.aborted ? 'timeout' : faultOf(error), text: shown };
      } finally {
        heard.abort();
      }
    },
  };
}

async function answerOf(
  { settings, key, article, turns, tools }: ModelRequest,
  internalHosts: readonly string[],
  signal: AbortSignal,
  keep: (text: string) => void,
): Promise<ModelAnswer> {
  const [{ jsonSchema, streamText, tool }, { createOpenAICompatible }] = await Promise.all([
    import('ai'),
    import('@ai-sdk/openai-compatible'),
  ]);
  const ask = guardedFetch({
    internalHosts,
    timeoutMs: MODEL_LONGEST_MS,
    idleMs: settings.timeoutMs,
    maxBytes: MAX_BYTES,
    streams: true,
  });
  const provider = createOpenAICompatible({
    name: 'model',
    baseURL: settings.url,
    ...(key === null ? {} : { apiKey: key }),
    fetch: (input, init) => ask(input, { ...init, redirect: 'manual' }),
  });
  const faults: unknown[] = [];
  const stream = streamText({
    model: provider(settings.model),
    system: `${settings.guardrail}\n\nArticle “${article.title}”:\n${article.body}`,
    messages: turns.map(({ author, text }) => ({
      role: author === 'visitor' ? ('user' as const) : ('assistant' as const),
      content: text,
    })),
    tools: Object.fromEntries(
      tools.map(({ name, does, arguments: given }) => [
        name,
        tool({
          description: does,
          inputSchema: jsonSchema<Record<string, unknown>>({
            type: 'object',
            properties: Object.fromEntries(
              given.map(({ id, means }) => [id, { type: 'string', description: means }]),
            ),
            required: given.map(({ id }) => id),
            additionalProperties: false,
          }),
        }),
      ]),
    ),
    temperature: 0,
    maxOutputTokens: MOST_TOKENS,
    maxRetries: 0,
    abortSignal: signal,
    onError: ({ error }) => {
      faults.push(error);
    },
  });
  let written = '';
  for await (const part of stream.fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw new Error('The model was cut off.');
    if (part.type === 'finish' && part.finishReason === 'error') throw new Error('The model broke off.');
    // What it writes beside a call is none of the answer any more.
    if (part.type === 'tool-call')
      return callOf(part.toolName, part.input, tools, sayable(written, false).text);
    if (part.type !== 'text-delta') continue;
    written += part.text;
    const { text, fault } = sayable(written, false);
    if (fault !== null) return { kind: 'refused', text };
    keep(text);
  }
  if (faults.length > 0) throw faults[0];
  const { text, fault } = sayable(written, true);
  if (fault !== null) return { kind: 'refused', text };
  return text === '' ? { kind: 'failed', fault: 'empty', text } : { kind: 'said', text };
}

/** A call of a tool that was named, with all its arguments as texts and no others. */
function callOf(name: string, input: unknown, tools: ModelRequest['tools'], text: string): ModelAnswer {
  const failed: ModelAnswer = { kind: 'failed', fault: 'failed', text };
  const known = tools.find((each) => each.name === name);
  if (known === undefined || typeof input !== 'object' || input === null) return failed;
  const given = Object.entries(input);
  const ids = known.arguments.map(({ id }) => id);
  const isWhole =
    given.length === ids.length &&
    given.every(([id, value]) => ids.includes(id) && typeof value === 'string');
  return isWhole ? { kind: 'called', tool: name, values: Object.fromEntries(given), text } : failed;
}

function faultOf(error: unknown): ModelFault {
  for (let held = error; held instanceof Error; held = held.cause) {
    if (held instanceof NotFetched && held.why !== 'too_large') return held.why;
  }
  return 'failed';
}
