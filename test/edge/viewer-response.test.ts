import { type EdgeFunction, languageFaults, loadEdgeFunction } from 'local-cloud/edge-functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { ROOT } from '../architecture/sources.ts';

let code: string;
let edge: EdgeFunction;

beforeAll(() => {
  code = bundleEdgeFunction(ROOT, 'viewer-response');
  edge = loadEdgeFunction({ code, store: new Map() }, 'viewer-response');
});

function headersAfter(
  headers: Record<string, string>,
  uri = '/open/default/a/b.webp',
  asked: Record<string, string> = {},
  query: Record<string, string> = {},
): Record<string, string> {
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const requestHeaders = Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, { value }]));
  const querystring = Object.fromEntries(Object.entries(query).map(([name, value]) => [name, { value }]));
  const event = {
    request: { uri, querystring, headers: requestHeaders },
    response: { statusCode: 200, headers: values },
  };
  const result = edge.run(event, undefined, new Date()) as { headers: Record<string, { value: string }> };
  return Object.fromEntries(Object.entries(result.headers).map(([name, { value }]) => [name, value]));
}

describe('the viewer-response function, as shipped', () => {
  it('is in the language of the edge', () => {
    expect(languageFaults(code)).toEqual([]);
  });

  it('says that an answer was rendered, stored or cached, and what this answer took', () => {
    const rendered = { 'server-timing': 'fetch;dur=1.5, transform;dur=2.0, cache;desc=miss, cdn-cache-miss' };
    const stored = { 'x-amz-meta-server-timing': 'made;dur=3.5' };
    const timingOf = (headers: Record<string, string>) => headersAfter(headers)['server-timing'];

    expect(timingOf({ ...rendered, ...stored })).toBe(
      'fetch;dur=1.5, transform;dur=2.0, cache;desc=miss, cdn-cache-miss',
    );
    expect(timingOf(stored)).toBe('fetch;dur=0, transform;dur=0, cache;desc=variant, made;dur=3.5');
    expect(timingOf({ ...stored, 'server-timing': 'cdn-cache-miss,cdn-upstream-fbl;dur=21' })).toBe(
      'fetch;dur=21, transform;dur=0, cache;desc=variant, made;dur=3.5, cdn-cache-miss, cdn-upstream-fbl;dur=21',
    );
    expect(timingOf({ ...rendered, ...stored, age: '0' })).toBe(
      'fetch;dur=0, transform;dur=0, cache;desc=hit, made;dur=3.5, cdn-cache-miss',
    );
    expect(timingOf({ 'server-timing': 'cache;desc=miss, cdn-cache-hit' })).toBe(
      'fetch;dur=0, transform;dur=0, cache;desc=hit, cdn-cache-hit',
    );
  });

  it('says of a stored answer what was said of it when it was made', () => {
    const stored = {
      'x-amz-meta-fallback': 'original; too many pixels',
      'x-amz-meta-ignored': 'zz-1',
      'x-amz-meta-limited': '1 x 2',
    };

    expect(headersAfter(stored)).toMatchObject({
      'x-vitrine-fallback': 'original; too many pixels',
      'x-vitrine-ignored': 'zz-1',
      'x-vitrine-limited': '1 x 2',
    });
    expect(headersAfter({})).not.toHaveProperty('x-vitrine-fallback');
  });

  describe('lets nobody keep an answer for longer than its signature holds (SIG-027)', () => {
    const long = 'public, s-maxage=31536000, max-age=31536000, must-revalidate';
    const second = (fromNow: number) => String(Math.floor(Date.now() / 1000) + fromNow);
    const handOn = (url: string) => ({ 'x-vitrine-url': `${btoa(url)}.0_0_0.media.example.com` });
    const rewritten = (fromNow: number) => ({ headers: handOn(`/a.jpg?v=1&ik-t=${second(fromNow)}&ik-s=0`) });
    const asSent = (fromNow: number) => ({ query: { 'ik-t': second(fromNow), 'ik-s': '0' } });
    const livesAfter = (
      cacheControl: string | undefined,
      asked: { headers?: Record<string, string>; query?: Record<string, string> },
    ) =>
      headersAfter(cacheControl ? { 'cache-control': cacheControl } : {}, undefined, asked.headers, asked.query)[
        'cache-control'
      ];

    it.each([
      ['as viewer-request rewrote it', rewritten],
      ['as the viewer sent it', asSent],
    ])('by the request %s', (_name, left) => {
      expect(livesAfter(long, left(60))).toMatch(/^public, s-maxage=(59|60), max-age=(59|60), must-revalidate$/);
      expect(livesAfter('public, max-age=5', left(60))).toBe('public, max-age=5');
      expect(livesAfter(long, left(-1))).toBe('public, s-maxage=0, max-age=0, must-revalidate');
      expect(livesAfter(undefined, left(60))).toBe('no-store');
      expect(livesAfter('no-store', left(60))).toBe('no-store');
    });

    it('and does not shorten other lives', () => {
      expect(livesAfter(long, {})).toBe(long);
      expect(livesAfter(long, { headers: handOn('/a.jpg?v=1') })).toBe(long);
      expect(livesAfter(long, { headers: { 'x-vitrine-url': '%%%' } })).toBe(long);
    });

    it('whatever header a viewer invents', () => {
      expect(livesAfter(long, { ...asSent(60), ...rewritten(9999) })).toMatch(/max-age=(59|60),/);
    });
  });

  it.each([
    ['as viewer-request rewrote it', '/open/default/a/b-w.webp'],
    ['as the viewer sent it', '/a.jpg'],
  ])('tells what an answer depended on, by the request %s', (_name, uri) => {
    const asked = { 'sec-ch-width': '212', 'sec-ch-dpr': '2' };
    const stored = { 'x-amz-meta-vary': 'Accept, Sec-CH-Width', 'x-amz-meta-width': '300' };

    expect(headersAfter(stored, uri, asked)).toMatchObject({ vary: 'Accept, Sec-CH-Width', 'content-dpr': '2.83' });
    expect(Object.keys(headersAfter(stored, uri, asked)).filter((name) => name.startsWith('x-amz'))).toEqual([]);
    expect(headersAfter(stored, uri)).not.toHaveProperty('content-dpr');
    expect(headersAfter({ ...stored, 'x-amz-meta-vary': 'Accept, Sec-CH-DPR' }, uri, asked)).not.toHaveProperty(
      'content-dpr',
    );
    expect(headersAfter({}, uri, asked)).not.toHaveProperty('vary');
  });

  it('names the canonical URL that a file’s origin wants named', () => {
    const headers = headersAfter({ 'x-amz-meta-canonical': 'https://www.example.com/a%20b.jpg' });

    expect(headers.link).toBe('<https://www.example.com/a%20b.jpg>; rel="canonical"');
    expect(headers['x-amz-meta-canonical']).toBeUndefined();
    expect(headersAfter({}).link).toBeUndefined();
  });

  it('takes the storage’s own headers off and leaves the CDN’s', () => {
    const headers = headersAfter({ 'x-amz-request-id': 'r', 'x-amz-version-id': 'v', 'x-amz-cf-id': 'c', etag: '"e"' });

    expect(Object.keys(headers).sort()).toEqual(['etag', 'server-timing', 'x-amz-cf-id']);
  });
});
