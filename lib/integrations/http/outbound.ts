import type { Config } from '@/lib/config';
import { OutboundError } from '@/lib/domain/outbound-error';
import type { Outbound } from '@/lib/services/outbound';
import { guardedFetch, NotFetched } from './guarded-fetch';

/** Calls what admins wrote down, and no redirect is followed: what is sent along is for that host alone. */
export function createOutbound({ internalHosts }: Pick<Config, 'internalHosts'>): Outbound {
  return {
    async request({ method, url, headers, body, timeoutMs, maxBytes }) {
      const ask = guardedFetch({ internalHosts, timeoutMs, maxBytes });
      try {
        const response = await ask(url, { method, headers: { ...headers }, body, redirect: 'manual' });
        return { status: response.status, body: await response.text() };
      } catch (error) {
        if (error instanceof NotFetched) throw new OutboundError(error.why, error.message);
        throw new OutboundError('unreached', 'It could not be reached.');
      }
    },
  };
}
