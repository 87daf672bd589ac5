'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { FirstSteps } from '@/lib/domain/first-steps';
import { browserClock } from '../core/clock';
import type { DeskState } from '../desk/desk-store';
import { useDeskClient } from './use-desk';

const SOON_MS = 1000;

/**
 * The first steps as the server sees them: read when shown, when the page is looked at again, and soon after something
 * moved in the queues, until all are done or put away. Null before the first answer, `failed` when there was none.
 */
export function useFirstSteps() {
  const client = useDeskClient();
  const [steps, setSteps] = useState<FirstSteps | 'failed' | null>(null);
  const asked = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++asked.current;
    const answer = await fetch('/api/first-steps')
      .then((response): Promise<{ data?: FirstSteps }> => response.json())
      .catch(() => ({ data: undefined }));
    if (mine === asked.current) setSteps((held) => answer.data ?? held ?? 'failed');
  }, []);
  useEffect(() => void reload(), [reload]);

  const open =
    steps !== null && (steps === 'failed' || (!steps.dismissed && steps.steps.some(({ done }) => !done)));
  useEffect(() => {
    if (!open) return;
    let cancel: (() => void) | null = null;
    const soon = () => {
      cancel ??= browserClock.after(SOON_MS, () => {
        cancel = null;
        void reload();
      });
    };
    const look = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    const stop = client.store.subscribe((state, before) => {
      if (hasMoved(state.views, before.views)) soon();
    });
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      cancel?.();
      stop();
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [open, client, reload]);

  return { steps, reload };
}

/** A list that was there already is another one now; one that has just been opened is no news. */
function hasMoved(now: DeskState['views'], before: DeskState['views']): boolean {
  return (Object.keys(before) as (keyof DeskState['views'])[]).some((key) => now[key] !== before[key]);
}
