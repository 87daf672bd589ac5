'use client';

import { useCallback, useRef, useState } from 'react';
import type { QueueRow } from '@/lib/protocol';

export interface CalmRow {
  row: QueueRow;
  /** It has left the view meanwhile; it stays in place until the list is let go. */
  gone: boolean;
}

/**
 * Nothing moves under the pointer or the focus: while the list is held, rows keep their places, those that left stay,
 * and new ones wait to be let in.
 */
export function useCalmRows(rows: readonly QueueRow[], keepId: string | null) {
  const [held, setHeld] = useState(false);
  const frozen = useRef<CalmRow[]>([]);
  if (!held) {
    const kept = frozen.current.find(({ row }) => row.conversationId === keepId);
    const fresh = rows.map((row) => ({ row, gone: false }));
    const missing = kept !== undefined && !rows.some((row) => row.conversationId === keepId);
    frozen.current = missing ? insertAt(fresh, { ...kept, gone: true }, frozen.current.indexOf(kept)) : fresh;
  } else {
    const now = new Map(rows.map((row) => [row.conversationId, row]));
    frozen.current = frozen.current.map(({ row }) => {
      const current = now.get(row.conversationId);
      return { row: current ?? row, gone: current === undefined };
    });
  }
  const known = new Set(frozen.current.map(({ row }) => row.conversationId));
  const waiting = rows.filter((row) => !known.has(row.conversationId)).length;
  const letIn = useCallback(() => {
    frozen.current = [];
    setHeld(false);
  }, []);
  return { shown: frozen.current, waiting, hold: setHeld, letIn };
}

function insertAt<T>(list: T[], item: T, index: number): T[] {
  return [...list.slice(0, index), item, ...list.slice(index)];
}
