import { lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address';

export interface GuardedFetchOptions {
  /** Hosts that an operator lets be reached though they are not public, also without TLS. */
  internalHosts: readonly string[];
  /** For the whole of a request, redirects and body included. */
  timeoutMs?: number;
  /** For each silence in it. */
  idleMs?: number;
  maxBytes?: number;
  /** The body is handed over as it comes, and fails where it breaks a limit; else an answer is whole when it is given. */
  streams?: boolean;
}

/** As the platform's own: what libraries ask with. */
export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

const TIMEOUT_MS = 15_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MOST_REDIRECTS = 4;
const NO_BODY = [204, 205, 304];
/** What the next address after a redirect is none of the business of. */
const CREDENTIALS = ['authorization', 'cookie'];

/** An address that may not be asked, or an answer that may not be taken. Its words are for whoever gave the address. */
export class NotFetched extends Error {
  constructor(
    message: string,
    readonly why: 'blocked' | 'timeout' | 'too_large' = 'blocked',
  ) {
    super(message);
    this.name = 'NotFetched';
  }
}

/**
 * Asks addresses that people wrote down: never this machine or its networks, whatever a name leads to at that moment or
 * a redirect says; by TLS; within a time and a size. Hosts that the operator named are let through.
 */
export function guardedFetch(options: GuardedFetchOptions): Fetch {
  const { timeoutMs = TIMEOUT_MS } = options;
  return async (input, init = {}) => {
    if (input instanceof Request) throw new NotFetched('Only addresses are asked.');
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])]);
    let url = new URL(input);
    let headers = new Headers(init.headers);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const response = await ask(url, { ...init, headers, signal }, options);
      const target = response.headers.get('location');
      const moves = [301, 302, 303, 307, 308].includes(response.status) && target !== null;
      if (!moves || init.redirect === 'manual' || !URL.canParse(target, url)) return response;
      const next = new URL(target, url);
      if (next.origin !== url.origin) {
        if (init.body) throw new NotFetched('The server sends what was meant for it to another one.');
        headers = new Headers(headers);
        for (const name of CREDENTIALS) headers.delete(name);
      }
      url = next;
    }
    throw new NotFetched('The address leads from one to the next without end.');
  };
}

function ask(
  url: URL,
  init: RequestInit & { headers: Headers; signal: AbortSignal },
  { internalHosts, maxBytes = MAX_BYTES, idleMs, streams = false }: GuardedFetchOptions,
): Promise<Response> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isInternal = internalHosts.includes(host);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isInternal)) {
    throw new NotFetched('The address must begin with https://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new NotFetched('The address may not hold a user or a password.');
  }
  if (!isInternal && isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic();
  const body = init.body ?? null;
  if (body !== null && typeof body !== 'string' && !(body instanceof URLSearchParams)) {
    throw new NotFetched('Only text is sent.');
  }
  const headers = new Headers(init.headers);
  if (body instanceof URLSearchParams && !headers.has('content-type')) {
    headers.set('content-type', 'application/x-www-form-urlencoded');
  }
  const bytes = body === null ? null : Buffer.from(body.toString());
  if (bytes !== null) headers.set('content-length', `${bytes.length}`);
  headers.set('accept-encoding', 'identity');
  if (!headers.has('user-agent')) headers.set('user-agent', 'Baton');
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((settle, refuse) => {
    let isIdle = false;
    const faultOf = (error: unknown) => (isIdle || init.signal.aborted ? tooSlow() : error);
    const fail = (error: unknown) => refuse(faultOf(error));
    const outgoing = request(
      url,
      {
        method: init.method ?? 'GET',
        headers: Object.fromEntries(headers),
        signal: init.signal,
        agent: false,
        timeout: idleMs,
        lookup: isInternal ? undefined : publicLookup,
      },
      (answer) => {
        const chunks = bounded(answer, maxBytes);
        if (streams) settle(responseOf(answer, streamOf(chunks, faultOf)));
        else wholeOf(chunks).then((read) => settle(responseOf(answer, read)), fail);
      },
    );
    outgoing.on('error', fail);
    outgoing.once('timeout', () => {
      isIdle = true;
      outgoing.destroy();
    });
    outgoing.end(bytes ?? undefined);
  });
}

/** Looked up once, for the very connection: what a name leads to later is not asked. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(notPublic(), '', 0);
    }
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

async function* bounded(answer: IncomingMessage, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of answer) {
    size += chunk.length;
    if (size > maxBytes)
      throw new NotFetched(`The answer is larger than ${sizeText(maxBytes)}.`, 'too_large');
    yield chunk;
  }
}

async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return new Uint8Array(Buffer.concat(read));
}

/** Whoever stops reading ends the request. */
function streamOf(
  chunks: AsyncGenerator<Uint8Array>,
  faultOf: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(stream) {
      try {
        const { done, value } = await chunks.next();
        if (done) stream.close();
        else stream.enqueue(value);
      } catch (error) {
        stream.error(faultOf(error));
      }
    },
    async cancel() {
      await chunks.return(undefined);
    },
  });
}

function responseOf(answer: IncomingMessage, body: BodyInit): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const status = answer.statusCode ?? 502;
  return new Response(NO_BODY.includes(status) ? null : body, {
    status,
    statusText: answer.statusMessage ?? '',
    headers,
  });
}

function sizeText(bytes: number): string {
  const mega = Math.floor(bytes / 1024 / 1024);
  return mega > 0 ? `${mega} MB` : `${Math.floor(bytes / 1024)} KB`;
}

function notPublic(): NotFetched {
  return new NotFetched(
    'The address leads into a network of this server. Only an operator can allow that (BATON_INTERNAL_HOSTS).',
  );
}

function tooSlow(): NotFetched {
  return new NotFetched('The server took too long to answer.', 'timeout');
}
