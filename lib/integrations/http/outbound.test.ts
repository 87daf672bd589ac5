import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound } from './outbound';

let answer: RequestListener = (_, response) => response.end('{}');
const server = createServer((request, response) => answer(request, response));
let host: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (url: string, more: object = {}, internalHosts: readonly string[] = ['127.0.0.1']) =>
  createOutbound({ internalHosts }).request({
    method: 'GET',
    url,
    headers: { 'x-key': 'k' },
    body: null,
    timeoutMs: 2000,
    maxBytes: 1000,
    ...more,
  });

describe('the way out', () => {
  it('asks what it is told to', async () => {
    answer = (request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () =>
        response.end(`${request.method} ${request.url} ${request.headers['x-key']} ${body}`),
      );
    };
    expect(await call(`http://${host}/a?b`)).toEqual({ status: 200, body: 'GET /a?b k ' });
    const posted = await call(`http://${host}/`, { method: 'POST', body: '{"é":1}' });
    expect(posted.body).toBe('POST / k {"é":1}');
  });

  it('follows no redirect', async () => {
    answer = (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end('moved');
    expect(await call(`http://${host}/`)).toEqual({ status: 302, body: 'moved' });
  });

  it('takes no more and waits no longer than it may', async () => {
    answer = (_, response) => response.end('x'.repeat(2000));
    await expect(call(`http://${host}/`)).rejects.toMatchObject({ fault: 'too_large' });
    answer = () => {};
    await expect(call(`http://${host}/`, { timeoutMs: 80 })).rejects.toMatchObject({ fault: 'timeout' });
    answer = (_, response) => response.write('{"half');
    await expect(call(`http://${host}/`, { timeoutMs: 80 })).rejects.toMatchObject({ fault: 'timeout' });
    answer = (request) => request.socket.destroy();
    await expect(call(`http://${host}/`)).rejects.toMatchObject({ fault: 'unreached' });
  });

  it.each([
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'ftp://shop.example/',
  ])('goes to no place inside: %s', async (url) => {
    await expect(call(url, {}, [])).rejects.toMatchObject({ fault: 'blocked' });
  });
});
