import type { EdgeRequest, Headers } from './messages.ts';
import type { SharedBody } from './shared-body.ts';

/** What of an object answers a request: all of it, a part, or the word that the client has it already. */
export interface Portion {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer | SharedBody;
}

const NOTHING = Buffer.alloc(0);

/**
 * Conditions and ranges of a request for an object (RFC 9110, sections 13 and 14). A part of an object that still comes
 * waits for the whole; one that is not kept goes out whole, as CloudFront does where the origin knows no ranges.
 * @throws when the origin breaks off while a part is waited for
 */
export async function portionOf(request: EdgeRequest, { status, headers, body }: Portion): Promise<Portion> {
  if (status === 200 && isUnchanged(request.headers, headers)) {
    if (!Buffer.isBuffer(body)) body.discard();
    const { 'content-length': _length, ...rest } = headers;
    return { status: 304, headers: rest, body: NOTHING };
  }
  const range = status === 200 ? rangeOf(request, headers) : undefined;
  if (Buffer.isBuffer(body)) {
    const whole = { status, headers: { ...headers, 'content-length': String(body.length) }, body };
    return range ? partOf(whole, range) : whole;
  }
  if (!range || !body.isKept || headers['content-length'] === undefined) return { status, headers, body };
  const bytes = await body.whole;
  if (!bytes) throw new Error('the origin broke off');
  return partOf({ headers, body: bytes }, range);
}

interface ByteRange {
  readonly first: string;
  readonly last: string;
}

/** One range; several at once are answered with the whole, which the RFC allows. */
function rangeOf({ method, headers: asked }: EdgeRequest, { etag }: Headers): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked.range ?? '') ?? [];
  if (method !== 'GET' || (!first && !last)) return undefined;
  return asked['if-range'] === undefined || asked['if-range'] === etag ? { first, last } : undefined;
}

function partOf(
  { headers, body }: { readonly headers: Headers; readonly body: Buffer },
  { first, last }: ByteRange,
): Portion {
  const size = body.length;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (start >= size || start > end) {
    return {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${size}`, 'content-length': '0' },
      body: NOTHING,
    };
  }
  const part = body.subarray(start, end + 1);
  const framing = { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': String(part.length) };
  return { status: 206, headers: { ...headers, ...framing }, body: part };
}

function isUnchanged(asked: Headers, { etag, 'last-modified': modified }: Headers): boolean {
  const tags = asked['if-none-match'];
  if (tags !== undefined) {
    const bare = (tag: string): string => tag.trim().replace(/^W\//, '');
    return etag !== undefined && tags.split(',').some((tag) => tag.trim() === '*' || bare(tag) === bare(etag));
  }
  const since = Date.parse(asked['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Date.parse(modified ?? '') <= since;
}
