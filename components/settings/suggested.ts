/** Where the questions for a new article wait for its page: customers' words belong in no address. */
export const SUGGESTED = 'baton:suggested-questions';

/** Once: they are the new article's from then on. */
export function takeSuggested(): string[] {
  const text = window.sessionStorage.getItem(SUGGESTED);
  window.sessionStorage.removeItem(SUGGESTED);
  const held: unknown = text === null ? [] : JSON.parse(text);
  return Array.isArray(held) ? held.filter((each) => typeof each === 'string') : [];
}
