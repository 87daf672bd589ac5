/** A few strings that should outlive the page. Where the browser allows none, they live as long as the page. */
export interface KeyValue {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(prefix: string): string[];
}

/** Every key gets `scope` in front. A store that throws (blocked, full, private window) is replaced by memory. */
export function openStorage(scope: string, find: () => Storage = () => globalThis.localStorage): KeyValue {
  const memory = new Map<string, string>();
  const name = (key: string) => `${scope}:${key}`;
  return {
    get: (key) => memory.get(key) ?? attempt(() => find().getItem(name(key))) ?? null,
    set(key, value) {
      const kept = attempt(() => {
        find().setItem(name(key), value);
        return true;
      });
      if (kept) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      attempt(() => find().removeItem(name(key)));
    },
    keys(prefix) {
      const stored = attempt(() => Object.keys(find())) ?? [];
      const own = stored
        .filter((key) => key.startsWith(name(prefix)))
        .map((key) => key.slice(scope.length + 1));
      const remembered = [...memory.keys()].filter((key) => key.startsWith(prefix));
      return [...new Set([...own, ...remembered])];
    },
  };
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
