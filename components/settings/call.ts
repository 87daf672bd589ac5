import type { Refusal } from '@/lib/domain/errors';

export type Answer<T> = { data: T; error?: never } | { data?: never; error: Refusal };

const UNREACHED: Refusal = { code: 'unavailable', message: 'That did not reach the server. Try again.' };

export function readSetting<T>(url: string): Promise<Answer<T>> {
  return call(url, {});
}

export function postSetting<T>(url: string, body: string, signal?: AbortSignal): Promise<Answer<T>> {
  const headers = { 'content-type': 'application/json' };
  return call(url, { method: 'POST', headers, body, ...(signal ? { signal } : {}) });
}

async function call<T>(url: string, init: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(url, init);
    return await response.json();
  } catch {
    return { error: UNREACHED };
  }
}
