import path from 'node:path';

/** The sources of the repository, or a made-up few of them: path from the root to text. */
export type Sources = ReadonlyMap<string, string>;

export interface Room {
  /** A folder, or one file. The longest that fits a path is its room. */
  at: string;
  /** Rooms it may import from, itself aside. `anything` is for what puts the whole together. */
  may: readonly string[] | 'anything';
  /** Rooms of which it may import types alone. */
  types?: readonly string[];
}

export interface PatternRule {
  pattern: RegExp;
  /** Where the pattern is looked for; all sources when left out. */
  within?: readonly string[];
  /** Where it may stand. */
  except?: readonly string[];
  /** Tests are held to it too. */
  alsoTests?: boolean;
  what: string;
}

interface Import {
  specifier: string;
  typeOnly: boolean;
}

/** Tests and what only tests use may reach everywhere; nothing else may reach into them. */
export function isTest(file: string): boolean {
  return /\.(test|spec)\.tsx?$|^e2e\/|(^|\/)(testing|fake-[a-z-]+|test-[a-z-]+)\.ts$/.test(file);
}

/** Files in no room, imports that the table does not allow, imports of what is not there, products that use a test's things. */
export function importFaults(sources: Sources, rooms: readonly Room[]): string[] {
  const faults: string[] = [];
  for (const [file, text] of sources) {
    const room = roomOf(file, rooms);
    if (room === undefined) faults.push(`${file}: no room of the house holds it`);
    for (const { specifier, typeOnly } of importsOf(text)) {
      const target = resolve(file, specifier, sources);
      if (target === null || isTest(file)) continue;
      if (target === 'missing') faults.push(`${file}: ${specifier} is not there`);
      else if (isTest(target)) faults.push(`${file}: imports ${target}, which only tests may`);
      else if (room && !mayImport(room, roomOf(target, rooms), typeOnly))
        faults.push(`${file}: may not import ${target}`);
    }
  }
  return faults;
}

/** Imports of a package (or of all that begin like it) from outside of the rooms that own it. */
export function packageFaults(
  sources: Sources,
  owners: Readonly<Record<string, readonly string[]>>,
): string[] {
  const faults: string[] = [];
  for (const [file, text] of sources) {
    if (isTest(file)) continue;
    for (const { specifier } of importsOf(text)) {
      const owned = Object.entries(owners).find(([name]) => isOrWithin(specifier, name));
      if (owned && !owned[1].some((place) => isOrWithin(file, place)))
        faults.push(`${file}: may not import ${specifier}`);
    }
  }
  return faults;
}

/** Text that must not stand where it stands. */
export function patternFaults(sources: Sources, rules: readonly PatternRule[]): string[] {
  const faults: string[] = [];
  for (const rule of rules) {
    for (const [file, text] of sources) {
      if (isTest(file) && !rule.alsoTests) continue;
      if (rule.within && !rule.within.some((place) => isOrWithin(file, place))) continue;
      if (rule.except?.some((place) => isOrWithin(file, place))) continue;
      if (rule.pattern.test(text)) faults.push(`${file}: ${rule.what}`);
    }
  }
  return faults;
}

/** Verbs that write for a person without asking whether that person may. */
export function verbFaults(sources: Sources, shared: readonly string[]): string[] {
  const faults: string[] = [];
  for (const [file, text] of sources) {
    if (!isOrWithin(file, 'lib/services') || isTest(file) || shared.includes(file)) continue;
    const forAgents = /\bactor: (Agent)?Actor\b/.test(text);
    const writes = /\b(commitChange|commitSetting|changeSetting|giveAway|claim)\(/.test(text);
    if (forAgents && writes && !/\bauthorise\(/.test(text)) faults.push(`${file}: writes without authorise`);
  }
  return faults;
}

/** Paths in backticks or links of a document that name a file or folder of the repository which is not there. */
export function documentFaults(
  documents: Sources,
  folders: readonly string[],
  exists: (file: string) => boolean,
): string[] {
  const faults: string[] = [];
  for (const [document, text] of documents) {
    const named = [...text.matchAll(/`([^`\s]+)`|\]\(([^)\s#]+)/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    );
    for (const name of named) {
      const inRoot = folders.some((folder) => name.startsWith(`${folder}/`));
      const isLink = /^\.{0,2}\/?[\w.-]+(\/[\w.-]+)*\.(md|png|svg)$/.test(name) && !/^[a-z]+:/.test(name);
      if (/[*<>{}]|\.\.\./.test(name) || !(inRoot || isLink)) continue;
      const beside = path.posix.join(path.posix.dirname(document), name);
      if (!exists(name.replace(/:\d+$/, '')) && !exists(beside))
        faults.push(`${document}: ${name} is not there`);
    }
  }
  return faults;
}

function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(
    /(?:^|\n)\s*(import|export)\s(type\s)?[^'";]*?from\s+['"]([^'"]+)['"]/g,
  )) {
    found.push({ specifier: match[3] ?? '', typeOnly: match[2] !== undefined });
  }
  for (const match of text.matchAll(/(?:^|\n)import\s+['"]([^'"]+)['"]/g)) {
    found.push({ specifier: match[1] ?? '', typeOnly: false });
  }
  for (const match of text.matchAll(/(typeof\s+)?\b(?:import|require)\(\s*['"]([^'"]+)['"]/g)) {
    found.push({ specifier: match[2] ?? '', typeOnly: match[1] !== undefined });
  }
  return found;
}

/** The file that an import names; null for a package and for what is no script. */
function resolve(from: string, specifier: string, sources: Sources): string | 'missing' | null {
  const base = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? path.posix.join(path.posix.dirname(from), specifier)
      : null;
  if (base === null || /\.(css|json|mjs|cjs|js)$/.test(base)) return null;
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}/index.tsx`];
  return candidates.find((candidate) => sources.has(candidate)) ?? 'missing';
}

function roomOf(file: string, rooms: readonly Room[]): Room | undefined {
  return rooms
    .filter((room) => isOrWithin(file, room.at))
    .sort((a, b) => b.at.length - a.at.length)
    .at(0);
}

function mayImport(from: Room, to: Room | undefined, typeOnly: boolean): boolean {
  if (from.may === 'anything' || to === undefined || from.at === to.at) return true;
  const within = (places: readonly string[] = []) => places.some((place) => isOrWithin(to.at, place));
  return within(from.may) || (typeOnly && within(from.types));
}

function isOrWithin(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}
