import { ARTICLE_ID, ARTICLE_LIMITS, type ArticleText, articleIdFor, cleanExamples } from './article';

/** What is wrong with a file, and where. Lines count from 1. */
export interface FileFault {
  line: number;
  message: string;
}

export type ReadFile = { article: ArticleText & { id: string } } | { faults: FileFault[] };

interface Line {
  number: number;
  text: string;
}
interface Front {
  values: Map<string, { line: number; text: string }>;
  examples: Line[];
  faults: FileFault[];
}

const KEYS: readonly string[] = ['id', 'title', 'category', 'examples'];
const NAMED_BY_FILE = /([^/\\]+?)(?:\.(?:md|markdown))?$/i;

/**
 * Reads an article from a Markdown file: front matter between two lines of `---` with `id`, `title`, `category` and a list
 * of `examples`, then the body. Without an id the file's name is it; without a title the first heading is.
 */
export function readArticleFile(name: string, text: string): ReadFile {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n?|\n/)
    .map((line, place): Line => ({ number: place + 1, text: line }));
  const { front, body } = partsOf(lines);
  const faults = [...front.faults];
  const fail = (line: number, message: string) => faults.push({ line, message });

  const given = front.values.get('id');
  const id = given?.text ?? articleIdFor(NAMED_BY_FILE.exec(name)?.[1] ?? '');
  if (!ARTICLE_ID.test(id) || id.length > ARTICLE_LIMITS.id) {
    fail(
      given?.line ?? 1,
      `The id is small letters, digits and hyphens, at most ${ARTICLE_LIMITS.id} of them: my-article.`,
    );
  }
  const heading = body.find(({ text }) => text.trim() !== '');
  const headed = heading === undefined ? null : /^#\s+(.+?)\s*#*\s*$/.exec(heading.text);
  const titled = front.values.get('title');
  const title = titled?.text ?? headed?.[1] ?? '';
  // The title stands above the body wherever it is shown.
  const rest = headed !== null && headed[1] === title ? body.slice(body.indexOf(heading as Line) + 1) : body;
  const titleLine = titled?.line ?? heading?.number ?? 1;
  if (title === '')
    fail(titleLine, 'There is no title: write `title: …` between the dashes, or begin with `# …`.');
  if (title.length > ARTICLE_LIMITS.title)
    fail(titleLine, `The title is at most ${ARTICLE_LIMITS.title} characters.`);

  const category = front.values.get('category')?.text ?? '';
  if (category.length > ARTICLE_LIMITS.category) {
    fail(
      front.values.get('category')?.line ?? 1,
      `The category is at most ${ARTICLE_LIMITS.category} characters.`,
    );
  }
  for (const { number, text } of front.examples) {
    if (text.length > ARTICLE_LIMITS.example) {
      fail(number, `An example question is at most ${ARTICLE_LIMITS.example} characters.`);
    }
  }
  const examples = cleanExamples(front.examples.map((example) => example.text));
  if (examples.length > ARTICLE_LIMITS.examples) {
    fail(
      front.examples[ARTICLE_LIMITS.examples]?.number ?? 1,
      `At most ${ARTICLE_LIMITS.examples} example questions.`,
    );
  }
  const bodyText = rest
    .map((line) => line.text)
    .join('\n')
    .trim();
  if (bodyText === '') fail(lines.length, 'There is no text below the title.');
  if (bodyText.length > ARTICLE_LIMITS.body) {
    fail(
      rest[0]?.number ?? 1,
      `The text is at most ${ARTICLE_LIMITS.body} characters; this has ${bodyText.length}.`,
    );
  }
  const nul = lines.find((line) => line.text.includes('\u0000'));
  if (nul) fail(nul.number, 'This is no text file.');

  if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line) };
  return { article: { id, title, category, body: bodyText, examples } };
}

function partsOf(lines: readonly Line[]): { front: Front; body: readonly Line[] } {
  const none: Front = { values: new Map(), examples: [], faults: [] };
  if (lines[0]?.text.trim() !== '---') return { front: none, body: lines };
  const end = lines.findIndex((line, place) => place > 0 && line.text.trim() === '---');
  if (end < 0) {
    none.faults.push({
      line: 1,
      message: 'The front matter has no end: close it with a second line of ---.',
    });
    return { front: none, body: [] };
  }
  return { front: readFront(lines.slice(1, end)), body: lines.slice(end + 1) };
}

function readFront(lines: readonly Line[]): Front {
  const front: Front = { values: new Map(), examples: [], faults: [] };
  let inList = false;
  for (const { number, text } of lines) {
    const fail = (message: string) => front.faults.push({ line: number, message });
    if (text.trim() === '' || /^\s*#/.test(text)) continue;
    const item = /^\s*-\s+(.*)$/.exec(text);
    if (item) {
      const value = unquoted(item[1] ?? '');
      if (!inList) fail('A list item stands only below `examples:`.');
      else if (value === null) fail('The quotation mark at the start has none at the end.');
      else front.examples.push({ number, text: value });
      continue;
    }
    const pair = /^([A-Za-z_-]+)\s*:(?:\s+(.*))?$/.exec(text);
    const key = pair?.[1]?.toLowerCase();
    inList = false;
    if (!pair || key === undefined) fail('Write `name: value`, or `- question` below `examples:`.');
    else if (!KEYS.includes(key)) fail(`There is no \`${key}\` here, only ${KEYS.join(', ')}.`);
    else if (front.values.has(key)) fail(`There are two \`${key}\`.`);
    else {
      const value = unquoted(pair[2] ?? '');
      if (value === null) fail('The quotation mark at the start has none at the end.');
      if (key === 'examples' && value !== '' && value !== '[]')
        fail('Put each question on a line of its own: `- question`.');
      if (key !== 'examples' && value === '') fail(`The \`${key}\` is empty.`);
      inList = key === 'examples';
      front.values.set(key, { line: number, text: value ?? '' });
    }
  }
  return front;
}

/** A value without its quotation marks; null where one of them is missing. */
function unquoted(raw: string): string | null {
  const text = raw.trim();
  const mark = text[0];
  if (mark !== '"' && mark !== "'") return text;
  if (text.length < 2 || !text.endsWith(mark)) return null;
  const inner = text.slice(1, -1);
  return mark === '"' ? inner.replace(/\\(["\\])/g, '$1') : inner.replace(/''/g, "'");
}
