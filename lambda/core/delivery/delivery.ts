import type { Problem } from '../kernel/problems.ts';
import { PROBLEMS } from '../kernel/problems.ts';
import type { Timing } from './server-timing.ts';
import { missTiming } from './server-timing.ts';

/** An answer to a media request. */
export interface Delivery {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | ReadableStream<Uint8Array> | undefined;
  /** Settles, never rejects, when what was made is stored. The answer does not wait for it. */
  readonly stored: Promise<void>;
  /**
   * To be called once the answer is out and stored. Never rejects.
   * @param out when the answer was out, of `now`. @default nobody knows
   */
  readonly afterwards?: (out?: number) => Promise<void>;
}

/** Life of a picture in caches (the value that ImageKit sends): a change purges the CDN and browsers ask again. */
export const LONG_LIVED = 'public, s-maxage=31536000, max-age=31536000, must-revalidate';

/**
 * Life of a picture that a better encoding is about to replace: the CDN asks again soon, a browser keeps what it has.
 */
export const SHORT_LIVED = 'public, s-maxage=60, max-age=86400, must-revalidate';

/** Life of a default image: short, because the missing file may be uploaded. */
export const STAND_IN_LIVED = 'public, max-age=60';

/** Renders are counted by the minute. */
const RATE_SECONDS = '60';

const NOTHING_TO_STORE = Promise.resolve();

/**
 * The answer to a request that cannot be served. The CDN's response function does not run on errors, so every header is
 * set here. The body repeats what the client may know, nothing else.
 */
export function errorDelivery(error: Problem, timing: Timing): Delivery {
  const { cacheSeconds, mediaCode } = PROBLEMS[error.code];
  const body = new TextEncoder().encode(`${error.message}\n`);
  return {
    status: error.status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(body.byteLength),
      'cache-control': cacheSeconds > 0 ? `public, max-age=${cacheSeconds}` : 'no-store',
      'ik-error': `${mediaCode} - ${headerText(error.message)}`,
      'server-timing': missTiming(timing),
      ...(error.status === 405 && { allow: 'GET, HEAD' }),
      ...(isWorthRepeating(error) && { 'retry-after': String(cacheSeconds) }),
      ...(error.status === 429 && { 'retry-after': RATE_SECONDS }),
    },
    body,
    stored: NOTHING_TO_STORE,
  };
}

/** What went wrong may go right in a few seconds (RFC 9110, section 10.2.3). */
function isWorthRepeating({ code, status }: Problem): boolean {
  return (status === 503 || status === 504) && PROBLEMS[code].cacheSeconds > 0;
}

/** Sends the client to the same URL again, where the CDN by now finds the stored variant. */
export function sameUrlDelivery(asked: { readonly path: string; readonly query: string }, timing: Timing): Delivery {
  // Two leading slashes would name another host (RFC 3986, section 4.2), and the path is the client's own text. A dot
  // segment in front goes away when the client resolves it; nothing else may change, as the URL may be signed.
  const path = asked.path.startsWith('//') ? `/.${asked.path}` : asked.path;
  return {
    status: 307,
    headers: {
      location: asked.query ? `${path}?${asked.query}` : path,
      'content-length': '0',
      'cache-control': 'no-store',
      'server-timing': missTiming(timing),
    },
    body: undefined,
    stored: NOTHING_TO_STORE,
  };
}

/** The same answer to HEAD: all headers, no body. */
export async function withoutBody(delivery: Delivery): Promise<Delivery> {
  if (delivery.body instanceof ReadableStream) await delivery.body.cancel();
  return { ...delivery, body: undefined };
}

/** Text that is safe in a header, whatever the client put into the URL that it quotes. */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 500);
}
