import { fieldId } from '@/lib/domain/form-template';
import type { Lookup, LookupArgument, LookupTerms, LookupValue } from '@/lib/domain/lookup';

/** A header while it is written. A secret that is kept has an id and no text until another is written. */
export interface DraftHeader {
  key: string;
  name: string;
  text: string;
  isSecret: boolean;
  secretId: string | null;
}

export type DraftArgument = LookupArgument & { key: string };
export type DraftValue = LookupValue & { key: string };

export interface LookupDraft extends Omit<LookupTerms, 'headers' | 'arguments' | 'values' | 'timeoutMs'> {
  headers: DraftHeader[];
  arguments: DraftArgument[];
  values: DraftValue[];
  seconds: string;
}

export function draftOf({ id: _, version: __, timeoutMs, ...lookup }: Lookup): LookupDraft {
  return {
    ...lookup,
    seconds: `${timeoutMs / 1000}`,
    arguments: lookup.arguments.map((each) => ({ ...each, key: each.id })),
    values: lookup.values.map((each) => ({ ...each, key: each.path })),
    headers: lookup.headers.map((header) => ({
      key: header.name,
      name: header.name,
      text: 'value' in header ? header.value : '',
      isSecret: 'secretId' in header,
      secretId: 'secretId' in header ? header.secretId : null,
    })),
  };
}

/** As it would be saved: an argument is named after its label, and keeps that name from then on. */
export function termsOf({ seconds, ...draft }: LookupDraft) {
  const taken = draft.arguments.map(({ id }) => id).filter(Boolean);
  const named = draft.arguments.map(({ key: _, ...argument }) => {
    const patterns = argument.kind === 'pattern' ? lines(argument.patterns) : [];
    const kept = { ...argument, patterns, ask: argument.kind === 'identity' ? '' : argument.ask };
    if (kept.id !== '') return kept;
    const id = fieldId(kept.label, taken);
    taken.push(id);
    return { ...kept, id };
  });
  return {
    ...draft,
    phrases: lines(draft.phrases),
    arguments: named,
    timeoutMs: Math.round(Number(seconds.replace(',', '.')) * 1000),
    values: draft.values.map(({ key: _, ...value }) => value),
    headers: draft.headers.map(({ name, text, isSecret, secretId }) => {
      if (!isSecret) return { name, value: text };
      return text === '' && secretId !== null ? { name, secretId } : { name, secret: text };
    }),
  };
}

export function changesIn(draft: LookupDraft, saved: Lookup): number {
  const [is, was] = [termsOf(draft), termsOf(draftOf(saved))];
  const keys = Object.keys(was) as (keyof typeof was)[];
  return keys.filter((key) => JSON.stringify(is[key]) !== JSON.stringify(was[key])).length;
}

function lines(written: readonly string[]): string[] {
  return written.map((line) => line.trim()).filter(Boolean);
}
