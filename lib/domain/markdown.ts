/** A piece of a line. Nothing of it is ever markup of a page: whoever shows it makes elements of these kinds alone. */
export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] };

export type Block =
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] }
  | { kind: 'quote'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' };

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}(?:-{3,}|\*{3,}|_{3,})\s*$/;
const ITEM = /^\s{0,8}(?:([-*+])|(\d{1,6})[.)])\s+(.*)$/;
const QUOTE = /^ {0,3}>\s?(.*)$/;
const FENCE = /^ {0,3}```/;

/** Reads the Markdown of an article: headings, paragraphs, lists, quotes, code and rules. All else is text. */
export function readMarkdown(text: string): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let place = 0;
  const take = (while_: (line: string) => boolean): string[] => {
    const from = place;
    while (place < lines.length && while_(lines[place] ?? '')) place += 1;
    return lines.slice(from, place);
  };
  while (place < lines.length) {
    const line = lines[place] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') place += 1;
    else if (FENCE.test(line)) {
      place += 1;
      blocks.push({ kind: 'code', text: take((each) => !FENCE.test(each)).join('\n') });
      place += 1;
    } else if (heading) {
      place += 1;
      blocks.push({ kind: 'heading', level: heading[1]?.length ?? 1, children: inline(heading[2] ?? '') });
    } else if (RULE.test(line)) {
      place += 1;
      blocks.push({ kind: 'rule' });
    } else if (ITEM.test(line)) blocks.push(listOf(take((each) => ITEM.test(each) || /^\s+\S/.test(each))));
    else if (QUOTE.test(line)) {
      const quoted = take((each) => QUOTE.test(each)).map((each) => QUOTE.exec(each)?.[1] ?? '');
      blocks.push({ kind: 'quote', children: inline(quoted.join('\n')) });
    } else {
      const paragraph = take((each) => each.trim() !== '' && !startsBlock(each));
      blocks.push({ kind: 'paragraph', children: inline(paragraph.map((each) => each.trim()).join('\n')) });
    }
  }
  return blocks;
}

function startsBlock(line: string): boolean {
  return [HEADING, RULE, ITEM, QUOTE, FENCE].some((pattern) => pattern.test(line));
}

/** A line that is no item goes on with the one before it. */
function listOf(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) items.push(item[3] ?? '');
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  const first = ITEM.exec(lines[0] ?? '');
  const number = first?.[2];
  return {
    kind: 'list',
    ordered: number !== undefined,
    start: Number(number ?? 1),
    items: items.map(inline),
  };
}

/** Every stretch has an end, so that no text takes long. */
const PIECE = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
    '`(?<code>[^`\\n]{1,400})`',
    String.raw`\*\*(?<strong>[^*\s](?:[^*\n]{0,399}[^*\s])?)\*\*`,
    String.raw`\*(?<em>[^*\s](?:[^*\n]{0,399}[^*\s])?)\*`,
    String.raw`(?<![\p{L}\p{N}_])_(?<em_>[^_\s](?:[^_\n]{0,399}[^_\s])?)_(?![\p{L}\p{N}_])`,
    String.raw`\[(?<label>[^\][\n]{1,200})\]\((?<href>[^()\s]{1,1000})\)`,
    String.raw`(?<url>https?:\/\/[^\s<>"]{1,1000}[^\s<>".,:;!?)\]'*_])`,
  ].join('|'),
  'gu',
);

function inline(text: string): Inline[] {
  const pieces: Inline[] = [];
  let from = 0;
  const add = (piece: Inline) => {
    const last = pieces.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text') last.text += piece.text;
    else if (piece.kind !== 'text' || piece.text !== '') pieces.push(piece);
  };
  for (const found of text.matchAll(PIECE)) {
    add({ kind: 'text', text: text.slice(from, found.index) });
    from = found.index + found[0].length;
    add(pieceOf(found[0], found.groups ?? {}));
  }
  add({ kind: 'text', text: text.slice(from) });
  return pieces;
}

function pieceOf(all: string, groups: Record<string, string | undefined>): Inline {
  const { escaped, code, strong, label, href, url } = groups;
  const em = groups.em ?? groups.em_;
  if (escaped !== undefined) return { kind: 'text', text: escaped };
  if (code !== undefined) return { kind: 'code', text: code };
  if (strong !== undefined) return { kind: 'strong', children: inline(strong) };
  if (em !== undefined) return { kind: 'em', children: inline(em) };
  if (url !== undefined) return { kind: 'link', href: url, children: [{ kind: 'text', text: url }] };
  if (label !== undefined && href !== undefined && isSafe(href)) {
    return { kind: 'link', href, children: [{ kind: 'text', text: label }] };
  }
  return { kind: 'text', text: all };
}

/** What a link may lead to: pages and addresses, never a script. */
function isSafe(href: string): boolean {
  return /^(?:https?:\/\/|mailto:)[^\s]+$/i.test(href);
}
