import type { IncomingHttpHeaders } from 'node:http';

const THIS_MACHINE = /^(::1|127\.|::ffff:127\.)/;

/** Behind a proxy on this machine every address is the proxy's own: then its word counts, and nobody else's. */
export function addressOf(remote: string, headers: IncomingHttpHeaders): string {
  const forwarded = headers['x-forwarded-for'];
  const last = (Array.isArray(forwarded) ? forwarded.at(-1) : forwarded)?.split(',').at(-1)?.trim();
  return last && THIS_MACHINE.test(remote) ? last : remote;
}
