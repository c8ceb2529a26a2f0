import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FetchOutcome, NotFetched } from '../../core/settings/origins/origin-fetcher.ts';
import type { Exchange, GuardedAnswer, GuardedRequest } from '../guarded-exchange.ts';
import type { RemoteFaultKind } from '../remote-fault.ts';
import { RemoteFault } from '../remote-fault.ts';

const OUTCOMES: Readonly<Record<RemoteFaultKind, NotFetched['outcome']>> = {
  url: 'denied',
  forbidden: 'denied',
  refused: 'unreachable',
  timeout: 'late',
  'too-large': 'too-large',
  endless: 'endless',
  broken: 'broken',
};

/**
 * Headers by which an object makes itself private (ImageKit, "Private files"): metadata of S3 and what speaks like it,
 * of Google and of Azure, or a header of a web server.
 */
const PRIVATE_HEADERS = [
  'x-amz-meta-isprivatefile',
  'x-goog-meta-isprivatefile',
  'x-ms-meta-isprivatefile',
  'is-private-file',
];

/** Longer ones would not fit into an object's metadata with everything else. */
const ETAG_CHARACTERS = 200;

/** What came of an exchange that failed. @throws everything else */
export function failureOf(error: unknown): NotFetched {
  if (error instanceof RemoteFault) return { outcome: OUTCOMES[error.kind] };
  throw error;
}

/** Asks for an object and tells what became of it. Nothing that the other side does is thrown. */
export async function fetchObject(exchange: Exchange, request: GuardedRequest): Promise<FetchOutcome> {
  try {
    return outcomeOf(await exchange(request));
  } catch (error) {
    return failureOf(error);
  }
}

/** An answer as an outcome. Servers hide files with 403 and 401 alike, and name what is gone with 404 and 410. */
export function outcomeOf({ status, headers, bytes }: GuardedAnswer): FetchOutcome {
  if (status === 200 || (status === 206 && bytes.byteLength > 0)) {
    const { 'content-type': contentType } = headers;
    return { outcome: 'found', bytes, contentType, etag: etagOf(headers, bytes), isPrivate: marksPrivate(headers) };
  }
  if (status === 404 || status === 410) return { outcome: 'missing' };
  if (status === 412) return { outcome: 'changed' };
  return { outcome: status >= 400 && status < 500 && status !== 429 ? 'denied' : 'broken' };
}

/** A server's own etag, unless it has none or one of an odd length. */
function etagOf({ etag }: IncomingHttpHeaders, bytes: Uint8Array): string {
  return etag && etag.length <= ETAG_CHARACTERS ? etag : createHash('sha256').update(bytes).digest('hex');
}

function marksPrivate(headers: IncomingHttpHeaders): boolean {
  return PRIVATE_HEADERS.some(
    (name) =>
      String(headers[name] ?? '')
        .trim()
        .toLowerCase() === 'true',
  );
}
