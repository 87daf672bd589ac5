/** Characters of JSON: the longest article, were all of it escaped. */
export const MAX_ARTICLE = 350_000;
