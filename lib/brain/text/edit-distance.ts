/** Whether one insertion, deletion, substitution or swap of neighbours turns one word into the other. */
export function isOneEditApart(a: string, b: string): boolean {
  if (a === b) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let from = 0;
  while (from < short.length && short[from] === long[from]) from++;
  let tail = 0;
  while (tail < short.length - from && short[short.length - 1 - tail] === long[long.length - 1 - tail])
    tail++;
  const left = short.length - from - tail;
  if (long.length !== short.length) return left === 0;
  if (left <= 1) return true;
  return left === 2 && short[from] === long[from + 1] && short[from + 1] === long[from];
}
