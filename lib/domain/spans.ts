import type { Span } from './callback-slots';

/** The same times without what overlaps or touches, in order, cut to the window. */
export function mergeSpans(spans: readonly Span[], window: Span): Span[] {
  const merged: Span[] = [];
  const inside = spans
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .filter(({ start, end }) => start < end)
    .sort((one, other) => one.start - other.start);
  for (const span of inside) {
    const last = merged.at(-1);
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** What is left of them without `hole`. */
export function withoutSpan(spans: readonly Span[], hole: Span): Span[] {
  return spans.flatMap(({ start, end }) =>
    [
      { start, end: Math.min(end, hole.start) },
      { start: Math.max(start, hole.end), end },
    ].filter((rest) => rest.start < rest.end),
  );
}
