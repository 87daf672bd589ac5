import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { guardedFetch } from './guarded-fetch';
import { isPublicAddress } from './public-address';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const strict = guardedFetch({ internalHosts: [] });
const here = guardedFetch({ internalHosts: ['127.0.0.1'], timeoutMs: 300, maxBytes: 1024 * 1024 });

describe('whom it asks', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fd00::1',
    'fe80::1',
    '2002:7f00:1::',
    '2001:db8::1',
    'localhost',
  ])('%s is no public address', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('%s is', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['https://127.0.0.1/', /network of this server/],
    ['https://2130706433/', /network of this server/],
    ['https://0x7f.1/', /network of this server/],
    ['https://[::1]/', /network of this server/],
    ['https://[::ffff:127.0.0.1]/', /network of this server/],
    ['https://localhost/', /network of this server/],
    ['http://example.com/', /https:\/\//],
    ['file:///etc/passwd', /https:\/\//],
    ['https://me:secret@example.com/', /user or a password/],
  ])('never %s', async (url, why) => {
    await expect(strict(url)).rejects.toThrow(why);
  });

  it('follows no redirect to where it may not go, and takes no password along', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('there');
    });
    const front = await serve((request, response) => {
      const to = request.url === '/in' ? 'http://10.0.0.1/' : other;
      response.writeHead(302, { location: to }).end();
    });
    const headers = { authorization: 'Basic x' };
    await expect(here(`${front}/in`, { headers })).rejects.toThrow(/https:\/\//);
    expect(await (await here(`${front}/out`, { headers })).text()).toBe('there');
    await expect(here(`${front}/out`, { method: 'POST', body: 'secret' })).rejects.toThrow('another one');
    expect(seen).toEqual([undefined]);
    const manual = await here(`${front}/out`, { redirect: 'manual' });
    expect(manual.status).toBe(302);
  });
});

describe('what it takes', () => {
  it('a body of that size and no larger', async () => {
    const url = await serve((request, response) => {
      response.end('x'.repeat(1024 * 1024 + (request.url === '/more' ? 1 : 0)));
    });
    expect((await (await here(url)).text()).length).toBe(1024 * 1024);
    await expect(here(`${url}/more`)).rejects.toThrow('larger than 1 MB');
  });

  it('an answer in time, one that trickles included', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/trickles') response.write('x');
    });
    await expect(here(url)).rejects.toThrow('too long');
    await expect(here(`${url}/trickles`)).rejects.toThrow('too long');
  });

  it('what was sent, with its method and body', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () =>
        response.writeHead(207, { 'x-method': request.method ?? '' }).end(body.toUpperCase()),
      );
    });
    const answer = await here(url, { method: 'REPORT', body: 'words' });
    expect([answer.status, answer.headers.get('x-method'), await answer.text()]).toEqual([
      207,
      'REPORT',
      'WORDS',
    ]);
  });
});

describe('what it hands over as it comes', () => {
  const limits = { internalHosts: ['127.0.0.1'], timeoutMs: 900, idleMs: 200, maxBytes: 64, streams: true };
  const streamed = guardedFetch(limits);
  const text = new TextDecoder();

  it('is there before its end is', async () => {
    let end = () => {};
    const url = await serve((_, response) => {
      response.write('first');
      end = () => void response.end('last');
    });
    const reader = (await streamed(url)).body?.getReader();
    expect(text.decode((await reader?.read())?.value)).toBe('first');
    end();
    expect(text.decode((await reader?.read())?.value)).toBe('last');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('keeps every limit', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/silent') return;
      response.write('x'.repeat(request.url === '/large' ? 65 : 1));
      if (request.url !== '/steady') return;
      const more = setInterval(() => response.write('x'), 100);
      response.once('close', () => clearInterval(more));
    });
    await expect(streamed(`${url}/silent`)).rejects.toThrow('too long');
    const read = async (path: string) => (await streamed(`${url}${path}`)).text();
    await expect(read('/stalls')).rejects.toThrow('too long');
    await expect(read('/steady')).rejects.toThrow('too long');
    await expect(read('/large')).rejects.toThrow('larger than');
    await expect(guardedFetch({ ...limits, internalHosts: [] })(url)).rejects.toThrow(/https:\/\//);
  });

  it('ends where nobody reads on', async () => {
    const url = await serve((_, response) => response.write('x'));
    const gone = new Promise((resolve) =>
      open.at(-1)?.once('connection', (socket) => socket.once('close', resolve)),
    );
    await (await streamed(url)).body?.cancel();
    await gone;
  });
});
