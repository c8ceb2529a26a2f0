import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import type { BlockList } from 'node:net';
import type { Resolve } from './guarded-address.ts';
import { guardedAddress } from './guarded-address.ts';
import { readBody } from './read-body.ts';
import { RemoteFault } from './remote-fault.ts';
import { blockList } from './special-addresses.ts';

export interface GuardOptions {
  /** Comma list of CIDR blocks that may be reached although they are not public. */
  readonly exceptions: string;
  readonly maximumBytes: number;
  /** @default the system's resolver */
  readonly resolve?: Resolve;
  /** Milliseconds until the headers must be there (ImageKit: 8 s), all redirects together. @default 8000 */
  readonly headerTimeout?: number;
  /** Milliseconds for everything; below the 30 s of the function around. @default 20000 */
  readonly totalTimeout?: number;
}

/** What is asked for. Nothing of the viewer's own request is in it. */
export interface GuardedRequest {
  readonly url: string;
  /** Sent to the URL's own origin only (scheme, host, port); a redirect elsewhere loses them. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Hosts that may be asked, also by a redirect; parsed, in ASCII. @default every host */
  readonly allowHost?: (host: string) => boolean;
  /** A port beside 80 and 443. */
  readonly port?: number | undefined;
  /** With 0, a redirect is an answer like any other. @default 3 */
  readonly redirects?: number;
  readonly method?: 'GET' | 'POST';
  readonly body?: string;
  /** The answer is its status and headers. @default false */
  readonly ignoresBody?: boolean;
}

/** An answer; `bytes` is empty unless the status is 200, or 206 where a range was asked for, and the body is wanted. */
export interface GuardedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
}

/** @throws RemoteFault */
export type Exchange = (request: GuardedRequest) => Promise<GuardedAnswer>;

const REDIRECTS = 3;
const REDIRECT_STATUS = [301, 302, 303, 307, 308];
const HEADER_BYTES = 16_384;
const NOTHING = new Uint8Array(0);

/** Ends what is left of an exchange that is over: sockets, and timers of the resolver. */
const OVER = new RemoteFault('broken', 'The exchange is over.');

/*
 * Node's modules for connections are imported when there is one to make: in the transformer, which may never make one,
 * they would be a tenth of its start.
 */

const resolveAll: Resolve = async (host) => (await import('node:dns/promises')).lookup(host, { all: true });

interface Guard {
  readonly exceptions: BlockList;
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

/**
 * The one way in which the product asks other servers. The guard stands before every connection, the first and those of
 * redirects: http or https, no credentials in the URL, an allowed host, a web port, public addresses only (or an
 * exception), connected to as checked. https is never left for http. Bytes and time are bounded.
 */
export function guardedExchange(options: GuardOptions): Exchange {
  const exceptions = blockList(options.exceptions.split(',').filter((block) => block.trim() !== ''));
  const { headerTimeout = 8_000, totalTimeout = 20_000, resolve = resolveAll } = options;
  return async (request) => {
    const late = new AbortController();
    const headersTimer = abortAfter(late, headerTimeout);
    const totalTimer = abortAfter(late, totalTimeout);
    const { signal } = late;
    const work = async () => {
      const response = await followRedirects(request, { exceptions, resolve, signal });
      clearTimeout(headersTimer);
      return await readAnswer(response, request, options.maximumBytes);
    };
    try {
      // The time counts even where Node tells neither answer nor error, whatever the other side sends.
      return await Promise.race([work(), rejectOn(signal)]);
    } catch (cause) {
      throw signal.aborted ? signal.reason : faultOf(cause);
    } finally {
      clearTimeout(headersTimer);
      clearTimeout(totalTimer);
      late.abort(OVER);
    }
  };
}

function abortAfter(late: AbortController, milliseconds: number): NodeJS.Timeout {
  const message = `The server of the file URL took longer than ${milliseconds / 1000} s.`;
  return setTimeout(() => late.abort(new RemoteFault('timeout', message)), milliseconds);
}

async function readAnswer(
  response: IncomingMessage,
  request: GuardedRequest,
  maximumBytes: number,
): Promise<GuardedAnswer> {
  const { statusCode: status = 0, headers } = response;
  const isAsked = status === 200 || (status === 206 && request.headers?.range !== undefined);
  if (isAsked && !request.ignoresBody && maximumBytes > 0)
    return { status, headers, bytes: await readBody(response, maximumBytes) };
  response.destroy();
  return { status, headers, bytes: NOTHING };
}

function faultOf(cause: unknown): unknown {
  if (cause instanceof RemoteFault) return cause;
  const kind = (cause as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'refused' : 'broken';
  return new RemoteFault(kind, 'The server of the file URL could not be reached or broke off.', { cause });
}

async function followRedirects(request: GuardedRequest, guard: Guard): Promise<IncomingMessage> {
  const first = readUrl(request.url);
  const redirects = request.redirects ?? REDIRECTS;
  let url = first;
  for (let hop = 0; hop <= redirects; hop++) {
    if (request.allowHost?.(url.hostname) === false) {
      throw new RemoteFault('forbidden', 'The host is not one that may be fetched from.');
    }
    const response = await send(url, request, url.origin === first.origin, guard);
    const { statusCode = 0, headers } = response;
    const isRedirect = REDIRECT_STATUS.includes(statusCode) && headers.location !== undefined;
    if (!isRedirect || redirects === 0) return response;
    response.destroy();
    url = readRedirect(headers.location ?? '', url);
  }
  throw new RemoteFault('forbidden', `The file URL is redirected more than ${redirects} times.`);
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw new RemoteFault('url', 'A file URL has http or https, a host, and no user name or password.');
  }
  return url;
}

/** Whoever can read along on the way could send a redirect, so what began encrypted ends encrypted. */
function readRedirect(location: string, from: URL): URL {
  const url = readUrl(location, from);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new RemoteFault('forbidden', 'The file URL is redirected from https to http.');
  }
  return url;
}

async function send(url: URL, request: GuardedRequest, ownHeaders: boolean, guard: Guard): Promise<IncomingMessage> {
  const { signal, resolve, exceptions } = guard;
  const rules = { exceptions, port: request.port };
  const { address, family } = await Promise.race([guardedAddress(url, resolve, rules), rejectOn(signal)]);
  const options: RequestOptions = {
    method: request.method ?? 'GET',
    signal,
    agent: false,
    maxHeaderSize: HEADER_BYTES,
    // The checked address and no other; the name stays for TLS and the Host header.
    lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Vitrine',
      ...(ownHeaders && request.headers),
    },
  };
  // An import of node:http reads all its exports, `WebSocket` among them, which is 30 ms of undici.
  const { request: open } = process.getBuiltinModule(url.protocol === 'https:' ? 'node:https' : 'node:http');
  return new Promise((done, failed) => {
    open(url, options)
      .once('response', done)
      .once('error', failed)
      // A switch of protocols (101) closes without answer and without error.
      .once('close', () => failed(new Error('The connection was closed without an answer.')))
      .end(ownHeaders ? request.body : undefined);
  });
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, failed) => {
    const fail = () => failed(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
