import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '@/lib/config';
import { registry } from './metrics';

/** /healthz, /readyz and /metrics. Answers false when the path is none of them. */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  config: Pick<Config, 'metricsToken'>,
  ready: () => Promise<boolean>,
): boolean {
  const path = request.url?.split('?')[0];
  if (path === '/healthz') send(response, 200, 'ok');
  else if (path === '/readyz') {
    ready().then(
      (is) => send(response, is ? 200 : 503, is ? 'ready' : 'not ready'),
      () => send(response, 503, 'not ready'),
    );
  } else if (path === '/metrics') {
    const allowed = config.metricsToken
      ? request.headers.authorization === `Bearer ${config.metricsToken}`
      : isLocal(request);
    if (!allowed) send(response, 403, 'Set BATON_METRICS_TOKEN and send it as a bearer token.');
    else
      registry.metrics().then(
        (text) => send(response, 200, text),
        () => send(response, 500, 'no metrics'),
      );
  } else return false;
  return true;
}

function isLocal(request: IncomingMessage): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}

function send(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(body);
}
