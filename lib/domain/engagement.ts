/** How a customer came by until they wrote: pages in this visit, and since when, by the word of their browser. */
export interface Visit {
  pages: number;
  ms: number;
}

const FULL = { pages: 5, ms: 5 * 60_000, messages: 4 } as const;
const SHARE = { pages: 0.3, ms: 0.3, messages: 0.4 } as const;

/** 0..1: each of the three counts in proportion until it is full. */
export function engagement(visit: Visit | null, messages: number): number {
  const measured = { pages: visit?.pages ?? 0, ms: visit?.ms ?? 0, messages };
  const names = ['pages', 'ms', 'messages'] as const;
  const sum = names.reduce(
    (total, name) => total + SHARE[name] * Math.min(1, measured[name] / FULL[name]),
    0,
  );
  return Math.round(sum * 1000) / 1000;
}
