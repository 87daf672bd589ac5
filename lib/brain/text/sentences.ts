const ABBREVIATION = /(?:\b(?:e\.g|i\.e|etc|approx|no|nr|mr|mrs|ms|dr|st|vs)|\b\p{L})\.$/iu;

/** Splits plain text into sentences; an abbreviation or a decimal point ends none. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  let held = '';
  for (const piece of text.split(/(?<=[.!?…]["”’)]?)\s+/u)) {
    held = held === '' ? piece : `${held} ${piece}`;
    if (ABBREVIATION.test(held)) continue;
    if (held.trim() !== '') found.push(held.trim());
    held = '';
  }
  if (held.trim() !== '') found.push(held.trim());
  return found;
}

/** The paragraphs of an article's body as plain text: headings go, list marks and emphasis are taken off. */
export function paragraphs(body: string): string[] {
  return body
    .split(/\n\s*\n/)
    .map((block) =>
      block
        .split('\n')
        .filter((line) => !/^\s*#{1,6}\s/.test(line))
        .map((line) => plainLine(line))
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((block) => block !== '');
}

function plainLine(line: string): string {
  return line
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__|`/g, '');
}
