/** Text that is markup already. Whatever else is put into `html` is escaped. */
export interface Html {
  text: string;
}

type Part = Html | string | number;

/** A template whose values are escaped unless they are markup themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { text: strings.reduce((whole, next, index) => whole + textOf(parts[index - 1] ?? '') + next) };
}

export function join(parts: readonly Html[]): Html {
  return { text: parts.map(({ text }) => text).join('') };
}

function textOf(part: Part): string {
  return typeof part === 'object' ? part.text : escaped(String(part));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
