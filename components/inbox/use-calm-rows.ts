'use client';

import { type FocusEvent, useMemo, useReducer, useRef, useState } from 'react';
import type { QueueRow } from '@/lib/protocol';
import { type CalmRow, calmRows } from './calm-rows';

export interface CalmList {
  shown: readonly CalmRow[];
  /** How many wait to be let in. */
  waiting: number;
  letIn: () => void;
  /** What tells where pointer and focus are; for the element that scrolls the rows. */
  holders: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: (event: FocusEvent) => void;
  };
}

/** Nothing moves under the pointer or the focus: while either is in the list it is held, see `calmRows`. */
export function useCalmRows(view: string, rows: readonly QueueRow[], keepId: string | null): CalmList {
  const [isOver, setOver] = useState(false);
  // A row that goes with its view takes the focus along without a word, so the focus is known with its view.
  const [focusIn, setFocusIn] = useState<string | null>(null);
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const last = useRef<{ view: string; shown: readonly CalmRow[] }>({ view, shown: [] });
  const before = last.current.view === view ? last.current.shown : [];
  const shown = calmRows(before, rows, isOver || focusIn === view, keepId);
  last.current = { view, shown };
  const known = new Set(shown.map(({ row }) => row.conversationId));
  const holders = useMemo(
    () => ({
      onPointerEnter: () => setOver(true),
      onPointerLeave: () => setOver(false),
      onFocus: () => setFocusIn(view),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocusIn(null);
      },
    }),
    [view],
  );
  return {
    shown,
    waiting: rows.filter((row) => !known.has(row.conversationId)).length,
    letIn: () => {
      last.current = { view, shown: [] };
      renderAgain();
    },
    holders,
  };
}
