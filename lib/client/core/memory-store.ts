import { type KeyValue, openStorage } from './storage';

/** The part of the browser's store that `openStorage` uses, for tests; several tabs may share one. */
export function memoryStore(): Storage {
  const values: Record<string, string> = {};
  const store = Object.create({
    getItem: (key: string) => values[key] ?? null,
    setItem(key: string, value: string) {
      values[key] = value;
      store[key] = value;
    },
    removeItem(key: string) {
      delete values[key];
      delete store[key];
    },
  });
  return store;
}

export function brokenStorage(): KeyValue {
  return openStorage('test', () => {
    throw new Error('Access denied');
  });
}
