import type { EdgeRequest, Headers } from './functions/events.ts';

/** What of an object answers a request: all of it, a part, or the word that the client has it already. */
export interface Portion {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Conditions and ranges of a GET against a whole object (RFC 9110, sections 13 and 14). */
export function portionOf(request: EdgeRequest, status: number, headers: Headers, body: Buffer): Portion {
  const whole = { status, headers: { ...headers, 'content-length': String(body.length) }, body };
  if (status !== 200) return whole;
  if (isUnchanged(request.headers, headers)) {
    const { 'content-length': _length, ...rest } = whole.headers;
    return { status: 304, headers: rest, body: Buffer.alloc(0) };
  }
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '');
  const applies = !request.headers['if-range'] || request.headers['if-range'] === headers.etag;
  return range && applies && (range[1] || range[2]) ? partOf(whole, range[1] ?? '', range[2] ?? '') : whole;
}

function partOf(whole: Portion, first: string, last: string): Portion {
  const size = whole.body.length;
  const start = first ? Number(first) : Math.max(0, size - Number(last));
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (start >= size || start > end) {
    const headers = { ...whole.headers, 'content-range': `bytes */${size}`, 'content-length': '0' };
    return { status: 416, headers, body: Buffer.alloc(0) };
  }
  const body = whole.body.subarray(start, end + 1);
  const headers = {
    ...whole.headers,
    'content-range': `bytes ${start}-${end}/${size}`,
    'content-length': String(body.length),
  };
  return { status: 206, headers, body };
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
