/** How alike two turns are by their stems, 0..1: the better of overlap and, for short turns, containment. */
export function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  const overlap = shared / (a.size + b.size - shared);
  const contained = shared / Math.min(a.size, b.size);
  return Math.max(overlap, shared >= 2 ? 0.8 * contained : 0);
}
