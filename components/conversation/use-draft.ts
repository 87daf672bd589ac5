'use client';

import { useCallback, useEffect, useState } from 'react';
import { openStorage } from '@/lib/client/core/storage';
import type { ComposerMode } from '@/lib/client/desk/desk-store';

/** What one has begun to write, by conversation and mode, kept over a reload of the page. */
export function useDraft(conversationId: string, mode: ComposerMode): [string, (text: string) => void] {
  const key = `${conversationId}:${mode}`;
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  useEffect(() => {
    const kept = storage().get(key);
    if (kept) setDrafts((held) => ({ [key]: kept, ...held }));
  }, [key]);
  const write = useCallback(
    (text: string) => {
      setDrafts((held) => ({ ...held, [key]: text }));
      if (text === '') storage().remove(key);
      else storage().set(key, text);
    },
    [key],
  );
  return [drafts[key] ?? '', write];
}

const storage = () => openStorage('baton:draft');
