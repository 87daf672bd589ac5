import type { Folded, Span } from './folded';

export interface CompiledRules {
  says: readonly RegExp[];
  except: readonly RegExp[];
}

/** Turns phrase rules into whole-word expressions, with the word classes filled in. */
export function compile(
  phrases: readonly string[],
  classes: Readonly<Record<string, readonly string[]>>,
): RegExp[] {
  return phrases.map(
    (phrase) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${fill(phrase, classes)})(?![\\p{L}\\p{N}])`, 'gu'),
  );
}

/** The first stretch that a rule names and no exception covers. */
export function findPhrase(folded: Folded, rules: CompiledRules): Span | null {
  const text = mask(folded.text, rules.except);
  for (const rule of rules.says) {
    rule.lastIndex = 0;
    const match = rule.exec(text);
    if (match !== null) return folded.spanOf(match.index, match.index + match[0].length);
  }
  return null;
}

/** The stretches that rules name and no exception covers, none over another or over what is `taken`; one a rule. */
export function findPhrases(folded: Folded, rules: CompiledRules, taken: readonly Span[]): Span[] {
  const text = mask(folded.text, rules.except);
  const found: Span[] = [];
  for (const rule of rules.says) {
    rule.lastIndex = 0;
    const match = rule.exec(text);
    if (match === null) continue;
    const span = folded.spanOf(match.index, match.index + match[0].length);
    if ([...taken, ...found].every((other) => other.end <= span.start || other.start >= span.end))
      found.push(span);
  }
  return found;
}

/** The text with every exception blanked out, as long as before so that places still fit. */
function mask(text: string, exceptions: readonly RegExp[]): string {
  return exceptions.reduce((left, rule) => left.replace(rule, (found) => '_'.repeat(found.length)), text);
}

function fill(phrase: string, classes: Readonly<Record<string, readonly string[]>>): string {
  return phrase.replace(/\{([a-z][A-Za-z]*)\}/g, (_, name: string) => {
    const words = classes[name];
    if (words === undefined) throw new Error(`Phrase rule names the unknown word class "${name}".`);
    return `(?:${words.map((word) => fill(word, classes)).join('|')})`;
  });
}

/** A rule that is read from a given place on, with the name of what it stands for. */
export interface Piece {
  name: string;
  rule: RegExp;
}

export function pieces(name: string, rules: readonly RegExp[]): Piece[] {
  return rules.map((rule) => ({ name, rule: new RegExp(rule.source, 'uy') }));
}

/**
 * The names of the pieces that a text consists of, sentence marks aside, or an empty set where anything else is left.
 * Walks the text once by places reached, so that no text can make it slow.
 */
export function consistsOf(text: string, from: readonly Piece[]): ReadonlySet<string> {
  const reached = new Map<number, Set<string>>([[0, new Set()]]);
  for (let place = 0; place < text.length; place++) {
    const names = reached.get(place);
    if (names === undefined) continue;
    if (' .!,?;:'.includes(text.charAt(place))) join(reached, place + 1, names);
    for (const { name, rule } of from) {
      rule.lastIndex = place;
      const match = rule.exec(text);
      if (match !== null && match[0] !== '')
        join(reached, place + match[0].length, new Set([...names, name]));
    }
  }
  return reached.get(text.length) ?? new Set();
}

function join(reached: Map<number, Set<string>>, place: number, names: ReadonlySet<string>): void {
  const held = reached.get(place);
  if (held === undefined) reached.set(place, new Set(names));
  else for (const name of names) held.add(name);
}
