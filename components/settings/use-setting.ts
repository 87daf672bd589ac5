'use client';

import { useState } from 'react';
import type { Refusal } from '@/lib/domain/errors';
import { type Answer, postSetting } from './call';

/**
 * A setting as it is saved, and the way to save another. When somebody was first, theirs is read: what was written stays,
 * now against what is saved.
 */
export function useSetting<T extends { version: number }>(
  initial: T,
  endpoint: string,
  read: () => Promise<Answer<T>>,
) {
  const [saved, setSaved] = useState(initial);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  /** Answers what is saved now, or null where it was refused. */
  async function save(terms: object): Promise<T | null> {
    setBusy(true);
    const answer = await postSetting<T>(endpoint, JSON.stringify({ version: saved.version, ...terms }));
    if (answer.data) {
      setSaved(answer.data);
      setNote('Saved. It holds from now on.');
    }
    if (answer.error?.code === 'conflict') {
      const theirs = await read();
      if (theirs.data) setSaved(theirs.data);
    }
    setRefusal(answer.error ?? null);
    setBusy(false);
    return answer.data ?? null;
  }

  return { saved, refusal, note, busy, save, forgetRefusal: () => setRefusal(null) };
}
