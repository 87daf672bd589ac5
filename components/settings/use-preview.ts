'use client';

import { useEffect, useState } from 'react';
import { type Answer, postSetting } from './call';

const PAUSE_MS = 250;
const AGAIN_MS = 10_000;

/** What the server foretells of this input; asked again as the desk goes on. Null: nothing is asked, or not known yet. */
export function usePreview<T>(url: string, input: object | null): Answer<T> | null {
  const body = input === null ? null : JSON.stringify(input);
  const [held, setHeld] = useState<{ body: string; answer: Answer<T> } | null>(null);
  useEffect(() => {
    if (body === null) return;
    const stop = new AbortController();
    const ask = async () => {
      const answer = await postSetting<T>(url, body, stop.signal);
      if (!stop.signal.aborted) setHeld({ body, answer });
    };
    const first = setTimeout(ask, PAUSE_MS);
    const rest = setInterval(ask, AGAIN_MS);
    return () => {
      clearTimeout(first);
      clearInterval(rest);
      stop.abort();
    };
  }, [url, body]);
  return held !== null && held.body === body ? held.answer : null;
}
