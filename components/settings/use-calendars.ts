'use client';

import { useCallback, useEffect, useState } from 'react';
import { useToast } from '@/components/ui/toasts';
import type { AccountKind } from '@/lib/domain/connected-calendar';
import type { Refusal } from '@/lib/domain/errors';
import type { CalendarRow } from './calendar-card';
import { postSetting, readSetting } from './call';

const ENDPOINT = '/api/calendars';
/** How often the list is read again, so that what was read or failed shows by itself. */
const AGAIN_MS = 5_000;

export interface CalendarList {
  calendars: CalendarRow[];
  now: number;
  accounts: readonly AccountKind[];
  redirectUri: string;
}

/** Connected calendars as they stand, and what can be done with one. */
export function useCalendars(initial: CalendarList, of: 'own' | 'all') {
  const toast = useToast();
  const [list, setList] = useState(initial);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const refresh = useCallback(async () => {
    const answer = await readSetting<CalendarList>(`${ENDPOINT}?of=${of}`);
    if (answer.data) setList(answer.data);
  }, [of]);
  useEffect(() => {
    const again = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, [refresh]);

  /** Answers what the server did, or null where it refused. */
  async function act<T>(verb: string, input: object, done: string): Promise<T | null> {
    setBusy(true);
    setRefusal(null);
    const answer = await postSetting<T>(`${ENDPOINT}/${verb}`, JSON.stringify(input));
    if (answer.error) setRefusal(answer.error);
    else if (done !== '') toast(done);
    await refresh();
    setBusy(false);
    return answer.data ?? null;
  }

  return { ...list, refusal, busy, act };
}
