import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  form: URLSearchParams;
  body: Record<string, unknown>;
}
type Answer = { status: number; body?: object };

/** A server that answers as a provider's documents say; what it was asked is kept. */
export async function openFakeProvider(answer: (asked: Asked) => Answer) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const url = new URL(request.url ?? '/', 'http://fake.example');
    const isJson = request.headers['content-type']?.includes('json');
    const one: Asked = {
      method: request.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: request.headers,
      form: new URLSearchParams(isJson ? '' : text),
      body: isJson ? JSON.parse(text) : {},
    };
    asked.push(one);
    const { status, body } = answer(one);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    endpoints: { consentUrl: `${url}/consent`, tokenUrl: `${url}/token`, apiUrl: url },
    close: () => new Promise<void>((closed) => server.close(() => closed())),
  };
}

const ID_TOKEN = `x.${Buffer.from(JSON.stringify({ email: 'maya@larkfell.example' })).toString('base64url')}.y`;

/** The token endpoint of both: RFC 6749, 4.1.3 and 6, with the verifier of RFC 7636. */
export function tokenAnswer({ form }: Asked, state: { revoked: boolean; rotates: string | null }): Answer {
  if (form.get('client_secret') !== 'secret') return { status: 401, body: { error: 'invalid_client' } };
  if (form.get('grant_type') === 'authorization_code') {
    if (form.get('code') !== 'good' || !form.get('code_verifier')) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    const body = { access_token: 'access', expires_in: 3600, refresh_token: 'stays-1', id_token: ID_TOKEN };
    return { status: 200, body };
  }
  if (state.revoked) return { status: 400, body: { error: 'invalid_grant' } };
  const refresh = state.rotates === null ? {} : { refresh_token: state.rotates };
  return { status: 200, body: { access_token: 'access', expires_in: 3600, ...refresh } };
}
