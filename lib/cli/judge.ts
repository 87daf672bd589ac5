import { z } from 'zod';
import { createBrain } from '@/lib/brain/brain';
import { KEPT_NOWHERE, mindHere } from '@/lib/brain/mind';
import {
  type Article,
  type Brain,
  DEFAULT_THRESHOLDS,
  type Judgement,
  type KnowledgeIndex,
  type Turn,
} from '@/lib/domain/judgement';
import { READ_BACK } from '@/lib/domain/read-back';
import { pathsWhen } from '@/lib/domain/team-availability';
import { AppError } from '@/lib/services/errors';
import { type Command, readArgs, UsageError } from './command';
import { readJsonLines } from './json-lines';

/** Other keys are left alone: a file may carry what its owner expects beside what is judged. */
const articleLine = z.object({
  id: z.string().min(1),
  title: z.string(),
  body: z.string(),
  examples: z.array(z.string()),
});

const conversationLine = z.object({
  id: z.string().min(1),
  turns: z.array(
    z.object({
      author: z.enum(['visitor', 'bot']),
      text: z.string(),
      at: z.iso.datetime({ offset: true, local: true }).optional(),
    }),
  ),
});
const EMBEDDERS = ['use-lite', 'none'] as const;

type Conversation = z.infer<typeof conversationLine>;

export const judge: Command = {
  name: 'judge',
  usage: 'judge --articles <file> --turns <file> [--embedder none]',
  summary: 'Judge recorded conversations as the bot would, without a database',
  details:
    'Reads articles ({id, title, body, examples}) and conversations ({id, turns: [{author, text, at}]}) as JSON Lines and prints\none line for each visitor turn: {conversation, turn, article, confidence, signals, offer}. Bot turns are taken as said.\n--embedder none judges by words alone.',
  async run({ args, print }) {
    const { values, positionals } = readArgs(args, {
      articles: { type: 'string' },
      turns: { type: 'string' },
      embedder: { type: 'string' },
    });
    if (values.articles === undefined || values.turns === undefined || positionals.length > 0)
      throw new UsageError('Name both files: --articles and --turns.');
    const embedder = EMBEDDERS.find((name) => name === (values.embedder ?? 'use-lite'));
    if (embedder === undefined) throw new UsageError(`--embedder is one of ${EMBEDDERS.join(' and ')}.`);
    const brain = createBrain(embedder === 'none' ? null : mindHere());
    const index = await brain.study(await readArticles(values.articles), KEPT_NOWHERE);
    for await (const { value } of readJsonLines(values.turns, conversationLine)) {
      for await (const line of judgeConversation(brain, index, value)) await print(JSON.stringify(line));
    }
    return { ok: true, text: '', data: undefined };
  },
};

async function readArticles(file: string): Promise<Article[]> {
  const articles = new Map<string, Article>();
  for await (const { value, place } of readJsonLines(file, articleLine)) {
    if (articles.has(value.id))
      throw new AppError('invalid', `${place}: an earlier article has the id "${value.id}" already.`);
    articles.set(value.id, { ...value, category: '', updatedAt: 0 });
  }
  return [...articles.values()];
}

async function* judgeConversation(
  brain: Brain,
  index: KnowledgeIndex,
  conversation: Conversation,
): AsyncGenerator<JudgedLine> {
  const turns = turnsOf(conversation);
  for (const [place, turn] of turns.entries()) {
    if (turn.author !== 'visitor') continue;
    const judgement = await brain.judge({
      turns: turns.slice(Math.max(0, place + 1 - READ_BACK), place + 1),
      index,
      thresholds: DEFAULT_THRESHOLDS,
      now: turn.at,
      botName: 'Bot',
    });
    yield judgedLine(conversation, place, judgement);
  }
}

/** A turn without a time is as old as the one before it, and the first ones as the first that has one. */
function turnsOf({ turns }: Conversation): Turn[] {
  let at = timeOf(turns.find((turn) => turn.at !== undefined)?.at) ?? 0;
  return turns.map((turn, place) => {
    at = timeOf(turn.at) ?? at;
    return { id: String(place), author: turn.author, text: turn.text, at };
  });
}

/** A time without an offset is universal: the same file gives the same result everywhere. */
function timeOf(at: string | undefined): number | null {
  if (at === undefined) return null;
  return Date.parse(/(?:Z|[+-]\d\d:\d\d)$/i.test(at) ? at : `${at}Z`);
}

interface JudgedLine {
  conversation: string;
  turn: number;
  article: string | null;
  confidence: number | null;
  signals: {
    name: string;
    value: number | null;
    threshold: number | null;
    fired: boolean;
    evidence: { turn: number; start: number; end: number; text: string; note?: string }[];
  }[];
  offer: { reason: string; paths: readonly string[] } | null;
}

function judgedLine({ id, turns }: Conversation, turn: number, judgement: Judgement): JudgedLine {
  return {
    conversation: id,
    turn,
    article: judgement.article?.id ?? null,
    confidence: judgement.confidence,
    signals: judgement.signals.map(({ name, value, threshold, fired, evidence }) => ({
      name,
      value,
      threshold,
      fired,
      evidence: evidence.map(({ messageId, start, end, note }) => ({
        turn: Number(messageId),
        start,
        end,
        text: turns[Number(messageId)]?.text.slice(start, end) ?? '',
        ...(note === undefined ? {} : { note }),
      })),
    })),
    offer:
      judgement.offer === null ? null : { reason: judgement.offer.reason, paths: pathsWhen('open', true) },
  };
}
