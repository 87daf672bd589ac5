import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ARTICLES as LARKFELL } from '@/db/seed/larkfell/articles';
import { AppError } from '@/lib/services/errors';
import { UsageError } from './command';
import { judge } from './judge';

const folder = mkdtempSync(join(tmpdir(), 'baton-judge-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function fileOf(...lines: unknown[]): string {
  files += 1;
  const file = join(folder, `${files}.jsonl`);
  writeFileSync(
    file,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  );
  return file;
}

interface Line {
  conversation: string;
  turn: number;
  article: string | null;
  confidence: number | null;
  signals: {
    name: string;
    value: number | null;
    threshold: number | null;
    fired: boolean;
    evidence: { turn: number; text: string }[];
  }[];
  offer: { reason: string; paths: string[] } | null;
}

const runOn = async (...args: string[]): Promise<string[]> => {
  const printed: string[] = [];
  const result = await judge.run({
    get config(): never {
      throw new Error('No setting is read.');
    },
    open: async () => {
      throw new Error('No database is opened.');
    },
    args,
    say: () => {},
    print: async (line) => {
      printed.push(line);
    },
  });
  expect(result).toMatchObject({ ok: true, text: '' });
  return printed;
};

const judged = async (articles: string, turns: string, ...more: string[]): Promise<Line[]> =>
  (await runOn('--articles', articles, '--turns', turns, ...more)).map((line) => JSON.parse(line));

const visitor = (text: string, at?: string) => ({ author: 'visitor', text, ...(at ? { at } : {}) });
const bot = (text: string, at?: string) => ({ author: 'bot', text, ...(at ? { at } : {}) });

const ARTICLES = fileOf(
  {
    id: 'returns',
    title: 'Returning a tent',
    body: 'You can send a tent back within 60 days. We pay the postage.',
    examples: ['can I send a tent back', 'how do I return a tent'],
  },
  {
    id: 'poles',
    title: 'Broken pole',
    body: 'A broken pole is mended free of charge. Send us the pole alone.',
    examples: ['my pole broke', 'who mends a pole'],
  },
);
const NONE = fileOf();

describe('judge', { timeout: 30_000 }, () => {
  it('prints one line for each visitor turn, with every signal', async () => {
    const turns = fileOf({
      id: 'c1',
      turns: [
        visitor('can I send a tent back?'),
        bot('Within 60 days.'),
        visitor('I want to talk to a person'),
      ],
      labels: { 2: ['human_request'] },
    });
    const lines = await judged(ARTICLES, turns);
    expect(lines.map(({ conversation, turn }) => [conversation, turn])).toEqual([
      ['c1', 0],
      ['c1', 2],
    ]);
    const [first, second] = lines;
    expect(Object.keys(first ?? {})).toEqual([
      'conversation',
      'turn',
      'article',
      'confidence',
      'signals',
      'offer',
    ]);
    expect(first).toMatchObject({ article: 'returns', offer: null });
    expect(first?.confidence).toBeGreaterThan(0.4);
    expect(second?.offer).toEqual({ reason: 'requested_by_customer', paths: ['live', 'callback'] });
    for (const { signals } of lines) {
      expect(signals.map(({ name }) => name)).toContain('long_session');
      expect(new Set(signals.map(({ name }) => name)).size).toBe(signals.length);
    }
    expect(second?.signals.find(({ name }) => name === 'human_request')).toEqual({
      name: 'human_request',
      value: 1,
      threshold: 1,
      fired: true,
      evidence: [{ turn: 2, start: 10, end: 26, text: 'talk to a person' }],
    });
  });

  it('names the best article also below the threshold', async () => {
    const shop = fileOf(...LARKFELL.map(({ id, title, body, examples }) => ({ id, title, body, examples })));
    const question = 'What thread do your menders sew ripstop with?';
    const [line] = await judged(shop, fileOf({ id: 'c', turns: [visitor(question)] }), '--embedder', 'none');
    expect(line?.article).not.toBeNull();
    expect(line?.confidence).toBeLessThan(0.4);
    expect(line?.offer).toEqual({ reason: 'low_confidence', paths: ['live', 'callback'] });
  });

  it('has no confidence without articles, and none that is low', async () => {
    const [line] = await judged(NONE, fileOf({ id: 'c', turns: [visitor('is the pole of carbon')] }));
    expect(line).toMatchObject({ article: null, confidence: null, offer: null });
    expect(line?.signals.find(({ name }) => name === 'low_confidence')).toMatchObject({
      value: null,
      fired: false,
    });
  });

  it('reads times, and lets none pass where there are none', async () => {
    const talk = (times: (string | undefined)[]) =>
      fileOf({
        id: 'c',
        turns: times.map((at, place) => (place % 2 === 0 ? visitor(`pole ${place}`, at) : bot('I see.', at))),
      });
    const minutes = async (...times: (string | undefined)[]) =>
      (await judged(NONE, talk(times))).map(
        ({ signals }) => signals.find(({ name }) => name === 'long_session')?.value,
      );
    expect(
      await minutes('2024-05-01T10:00:00Z', '2024-05-01T10:01:00Z', '2024-05-01T12:04:00+02:00'),
    ).toEqual([0, 4]);
    expect(await minutes('2024-05-01T10:00:00', undefined, '2024-05-01T10:02:30.5')).toEqual([0, 2.5]);
    expect(await minutes(undefined, undefined, undefined)).toEqual([0, 0]);
  });

  it('gives the same lines for the same files', async () => {
    const turns = fileOf({
      id: 'c',
      turns: [visitor('my pole broke'), bot('Oh.'), visitor('and the tent?')],
    });
    const args = ['--articles', ARTICLES, '--turns', turns];
    expect(await runOn(...args)).toEqual(await runOn(...args));
  });

  it('passes over empty lines, a mark at the beginning and other line ends', async () => {
    const turns = join(folder, 'windows.jsonl');
    writeFileSync(turns, '\uFEFF{"id":"c","turns":[{"author":"visitor","text":"operator"}]}\r\n\r\n');
    expect(await judged(NONE, turns)).toHaveLength(1);
    expect(await judged(NONE, NONE)).toEqual([]);
  });

  it.each([
    ['{"id": "a"', 'is not JSON'],
    ['[]', 'the line: '],
    [{ id: 'a' }, 'turns: '],
    [{ id: 'a', turns: [{ author: 'robot', text: 'hi' }] }, 'turns.0.author: '],
    [{ id: 'a', turns: [visitor('hi', 'yesterday')] }, 'turns.0.at: '],
  ])('names file and line of a conversation that is wrong: %j', async (wrong, what) => {
    const turns = fileOf({ id: 'good', turns: [visitor('hello')] }, wrong);
    await expect(judged(NONE, turns)).rejects.toThrow(`${turns}:2: ${what}`);
    await expect(judged(NONE, turns)).rejects.toBeInstanceOf(AppError);
  });

  it('names file and line of an article that is wrong or there twice', async () => {
    const article = { id: 'a', title: 'A', body: '', examples: [] };
    const twice = fileOf(article, article);
    await expect(judged(twice, NONE)).rejects.toThrow(`${twice}:2: an earlier article has the id "a"`);
    const wrong = fileOf({ ...article, examples: 'none' });
    await expect(judged(wrong, NONE)).rejects.toThrow(`${wrong}:1: examples: `);
    await expect(judged(join(folder, 'none'), NONE)).rejects.toThrow('cannot be read');
  });

  it('wants both files named', async () => {
    await expect(runOn('--turns', NONE)).rejects.toBeInstanceOf(UsageError);
    await expect(runOn('--articles', NONE)).rejects.toBeInstanceOf(UsageError);
    await expect(runOn('--articles', NONE, '--turns', NONE, 'more')).rejects.toBeInstanceOf(UsageError);
  });
});
