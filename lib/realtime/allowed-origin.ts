import type { IncomingMessage } from 'node:http';

/**
 * A socket is opened by our own pages only: the widget's frame is served by us too, so one rule covers both sides. CORS
 * does not protect a WebSocket. A request without an Origin is no browser and carries no cookie of one.
 */
export function allowedOrigin(baseUrl: string): (request: IncomingMessage) => boolean {
  const own = new URL(baseUrl);
  return ({ headers }) => {
    if (headers.origin === undefined) return true;
    if (headers.origin === own.origin) return true;
    return (
      isLoopback(own.hostname) && URL.canParse(headers.origin) && sameLoopback(headers.origin, headers.host)
    );
  };
}

/** On one's own machine, localhost and 127.0.0.1 are the same place, if the page came from the port it speaks to. */
function sameLoopback(origin: string, host: string | undefined): boolean {
  const from = new URL(origin);
  return isLoopback(from.hostname) && from.host === host;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
