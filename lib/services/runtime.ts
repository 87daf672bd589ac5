import type { Context } from './context';

const KEY = Symbol.for('baton.context');

interface Holder {
  [KEY]?: Context;
}

/** The one context of the process. Next bundles its own copy of every module, so it lives on globalThis. */
export function context(): Context {
  const held = (globalThis as Holder)[KEY];
  if (held === undefined) throw new Error('The server has not set its context yet');
  return held;
}

export function setContext(value: Context): void {
  (globalThis as Holder)[KEY] = value;
}
