import { lookup } from 'node:dns/promises';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { BlockList } from 'node:net';
import { blockList } from '../core/access/special-addresses.ts';
import { Problem, problem } from '../core/errors.ts';
import type { Resolve } from './guarded-address.ts';
import { guardedAddress } from './guarded-address.ts';
import { readBody } from './read-body.ts';

export interface GuardedFetchOptions {
  /** Comma list of CIDR blocks that may be reached although they are not public. */
  readonly exceptions: string;
  readonly maximumBytes: number;
  readonly resolve?: Resolve;
  /** Milliseconds until the headers must be there (ImageKit: 8 s), all redirects together. */
  readonly headerTimeout?: number;
  /** Milliseconds for everything; below the 30 s of the API in front. */
  readonly totalTimeout?: number;
}

const REDIRECTS = 3;
const REDIRECT_STATUS = [301, 302, 303, 307, 308];
const HEADER_BYTES = 16_384;

const resolveAll: Resolve = (host) => lookup(host, { all: true });

/**
 * Fetches a file from a URL that a client named. The guard stands before every connection, the first and those of up to
 * three redirects: http or https, no credentials, a web port, public addresses only (or an exception). Bytes and time
 * are bounded, and nothing of the client's own request is passed on.
 * @throws Problem upload.remote-failed, or upload.too-large above `maximumBytes`
 */
export function guardedFetch(options: GuardedFetchOptions): (url: string) => Promise<Uint8Array> {
  const exceptions = blockList(options.exceptions.split(',').filter((block) => block.trim() !== ''));
  const { headerTimeout = 8_000, totalTimeout = 20_000 } = options;
  return async (url) => {
    const headersLate = new AbortController();
    const timer = setTimeout(() => headersLate.abort(), headerTimeout);
    const signal = AbortSignal.any([headersLate.signal, AbortSignal.timeout(totalTimeout)]);
    try {
      const response = await followRedirects(url, signal, exceptions, options.resolve ?? resolveAll);
      clearTimeout(timer);
      return await readBody(response, options.maximumBytes);
    } catch (cause) {
      throw cause instanceof Problem
        ? cause
        : remoteFailure(cause, signal, headersLate.signal.aborted ? headerTimeout : totalTimeout);
    } finally {
      clearTimeout(timer);
    }
  };
}

function remoteFailure(cause: unknown, signal: AbortSignal, timeout: number): Problem {
  const reason = signal.aborted ? `took longer than ${timeout / 1000} s` : 'could not be reached or broke off';
  return problem('upload.remote-failed', `The server of the file URL ${reason}.`, { cause });
}

async function followRedirects(
  first: string,
  signal: AbortSignal,
  exceptions: BlockList,
  resolve: Resolve,
): Promise<IncomingMessage> {
  let url = readUrl(first);
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const response = await send(url, signal, exceptions, resolve);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    response.destroy();
    const location = REDIRECT_STATUS.includes(status) ? response.headers.location : undefined;
    if (location === undefined) {
      throw problem('upload.remote-failed', `The server of the file URL answered ${status} instead of 200.`);
    }
    url = readUrl(location, url);
  }
  throw problem('upload.remote-failed', `The file URL is redirected more than ${REDIRECTS} times.`);
}

function readUrl(text: string, base?: URL): URL {
  const url = URL.canParse(text, base?.href) ? new URL(text, base) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) {
    throw problem('upload.remote-failed', 'A file URL has http or https, a host, and no user name or password.');
  }
  return url;
}

async function send(url: URL, signal: AbortSignal, exceptions: BlockList, resolve: Resolve): Promise<IncomingMessage> {
  const { address, family } = await Promise.race([guardedAddress(url, resolve, exceptions), rejectOn(signal)]);
  const options: RequestOptions = {
    method: 'GET',
    signal,
    agent: false,
    maxHeaderSize: HEADER_BYTES,
    // The checked address and no other; the name stays for TLS and the Host header.
    lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'Vitrine' },
  };
  return new Promise((done, failed) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    send(url, options).once('response', done).once('error', failed).end();
  });
}

function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, failed) => {
    const fail = () => failed(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
