import type { Config } from '@/lib/config';
import type { ModelAnswer, ModelRequest } from '@/lib/domain/model-settings';
import type { Model } from '@/lib/services/model/model';
import { guardedFetch, NotFetched } from '../http/guarded-fetch';

const MAX_BYTES = 256 * 1024;
const MOST_TOKENS = 500;

/** An OpenAI-compatible endpoint. The SDK is loaded when it is first asked, so that a start without one pays nothing. */
export function openModel({ internalHosts }: Pick<Config, 'internalHosts'>): Model {
  return {
    async ask(request) {
      const signal = AbortSignal.timeout(request.settings.timeoutMs);
      try {
        return await answerOf(request, internalHosts, signal);
      } catch (error) {
        if (signal.aborted) return { kind: 'failed', fault: 'timeout' };
        return { kind: 'failed', fault: isBlocked(error) ? 'blocked' : 'failed' };
      }
    },
  };
}

async function answerOf(
  { settings, key, article, turns, tools }: ModelRequest,
  internalHosts: readonly string[],
  signal: AbortSignal,
): Promise<ModelAnswer> {
  const [{ jsonSchema, streamText, tool }, { createOpenAICompatible }] = await Promise.all([
    import('ai'),
    import('@ai-sdk/openai-compatible'),
  ]);
  const ask = guardedFetch({ internalHosts, timeoutMs: settings.timeoutMs, maxBytes: MAX_BYTES });
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
  let text = '';
  let called: ModelAnswer | null = null;
  for await (const part of stream.fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw new Error('The model was cut off.');
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'tool-call' && called === null) called = callOf(part.toolName, part.input, tools);
    if (part.type === 'finish' && part.finishReason === 'error') throw new Error('The model broke off.');
  }
  if (faults.length > 0) throw faults[0];
  if (called !== null) return called;
  return text.trim() === '' ? { kind: 'failed', fault: 'empty' } : { kind: 'said', text };
}

/** A call of a tool that was named, with all its arguments as texts and no others. */
function callOf(name: string, input: unknown, tools: ModelRequest['tools']): ModelAnswer {
  const failed: ModelAnswer = { kind: 'failed', fault: 'failed' };
  const known = tools.find((each) => each.name === name);
  if (known === undefined || typeof input !== 'object' || input === null) return failed;
  const given = Object.entries(input);
  const ids = known.arguments.map(({ id }) => id);
  const isWhole =
    given.length === ids.length &&
    given.every(([id, value]) => ids.includes(id) && typeof value === 'string');
  return isWhole ? { kind: 'called', tool: name, values: Object.fromEntries(given) } : failed;
}

function isBlocked(error: unknown): boolean {
  for (let held = error; held instanceof Error; held = held.cause) {
    if (held instanceof NotFetched) return held.why === 'blocked';
  }
  return false;
}
