import type { QueueRow } from '@/lib/protocol';

export interface CalmRow {
  row: QueueRow;
  /** It has left the view meanwhile; it stays in place until the list is let go. */
  gone: boolean;
}

/**
 * What a list shows next, after it showed `before`. While it is held, rows keep their places, those that left stay, and
 * new ones wait. Otherwise it follows `rows`, and only the row `keepId`, which is being read, stays though it has left.
 */
export function calmRows(
  before: readonly CalmRow[],
  rows: readonly QueueRow[],
  held: boolean,
  keepId: string | null,
): CalmRow[] {
  // Where nothing stands, nothing can move.
  if (held && before.length > 0) {
    const now = new Map(rows.map((row) => [row.conversationId, row]));
    return before.map(({ row }) => {
      const current = now.get(row.conversationId);
      return { row: current ?? row, gone: current === undefined };
    });
  }
  const fresh = rows.map((row) => ({ row, gone: false }));
  const index = before.findIndex(({ row }) => row.conversationId === keepId);
  const kept = before[index];
  const missing = kept !== undefined && !rows.some((row) => row.conversationId === keepId);
  return missing ? [...fresh.slice(0, index), { ...kept, gone: true }, ...fresh.slice(index)] : fresh;
}

/** The row before or after the one at hand as they are shown, over those that have left; the first where none is. */
export function rowBeside(shown: readonly CalmRow[], id: string | null, by: 1 | -1): QueueRow | undefined {
  const at = shown.findIndex(({ row }) => row.conversationId === id);
  const here = ({ gone }: CalmRow) => !gone;
  if (at === -1) return shown.find(here)?.row;
  const beside = by === 1 ? shown.slice(at + 1).find(here) : shown.slice(0, at).findLast(here);
  return (beside ?? shown[at])?.row;
}
