import { loadEdgeFunction } from 'local-cloud/edge-functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../lambda/core/kernel/sha256.ts';
import { blockText, parseCidr } from '../../lambda/core/protection/rules/cidr.ts';
import type { EdgeRule } from '../../lambda/core/request/edge-rules.ts';
import { takenKey, takenMark } from '../../lambda/core/request/refuse-at-edge.ts';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { ROOT } from '../architecture/sources.ts';

/* Rules and takedowns in the viewer-request function, as shipped. Names begin with cases of the attack catalogue. */
interface Outcome {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers: Record<string, { value: string }>;
}

interface Asking {
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly ip?: string;
}

const NOW = new Date('2026-11-25T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;

let code: string;

beforeAll(() => {
  code = bundleEdgeFunction(ROOT, 'viewer-request');
});

function run(entries: Record<string, unknown>, asking: Asking = {}): Outcome {
  const { path = '/a.jpg', query, headers = {}, ip = '192.0.2.1' } = asking;
  const store = new Map(
    Object.entries({ 'endpoint:default': { paused: false }, ...entries }).map(([key, value]) => [
      key,
      JSON.stringify(value),
    ]),
  );
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const request = { method: 'GET', uri: path, querystring: {}, headers: values, cookies: {} };
  const context = { distributionDomainName: 'd1.cloudfront.net' };
  return loadEdgeFunction({ code, store }, 'viewer-request').run(
    { context, viewer: { ip }, request },
    query,
    NOW,
  ) as Outcome;
}

const rules = (scope: string, ...list: EdgeRule[]) => ({ [`rules:${scope}:0`]: { n: 1, r: list } });

const statusOf = (entries: Record<string, unknown>, asking?: Asking): number => run(entries, asking).statusCode ?? 200;

describe('rules at the edge', () => {
  it('refuse with a 403 that nobody keeps', () => {
    const answer = run(rules('global', { k: 'p', v: ['/a.jpg'] }));

    expect(answer.statusCode).toBe(403);
    expect(answer.headers['cache-control']?.value).toBe('no-store');
    expect(answer.headers['ik-error']?.value).toMatch(/^EACCES - /);
  });

  it('of another endpoint mean nothing here', () => {
    expect(statusOf(rules('other', { k: 'p', v: ['/**'] }))).toBe(200);
    expect(statusOf(rules('default', { k: 'p', v: ['/**'] }))).toBe(403);
  });

  it('fill several values, each of which counts', () => {
    const entries = {
      'rules:global:0': { n: 2, r: [{ k: 'p', v: ['/x'] }] },
      'rules:global:1': { n: 2, r: [{ k: 'p', v: ['/a.jpg'] }] },
    };

    expect(statusOf(entries)).toBe(403);
  });

  it('that are not all there refuse everything (ACL-014)', () => {
    const { 'rules:global:1': _, ...half } = {
      'rules:global:0': { n: 2, r: [{ k: 'p', v: ['/x'] }] },
      'rules:global:1': {},
    };

    expect(() => run(half)).toThrow();
  });

  it('begin and end to the second', () => {
    const at = (s: number, e: number) => statusOf(rules('global', { k: 'p', v: ['/**'], s, e }));

    expect([at(SECONDS, SECONDS + 1), at(SECONDS + 1, SECONDS + 2), at(SECONDS - 1, SECONDS)]).toEqual([403, 200, 200]);
  });

  it.each([
    '/secret/plan.jpg',
    '/SECRET/Plan.JPG',
    '/secret//plan.jpg',
    '//secret/plan.jpg',
    '/%73ecret/plan.jpg',
    '/secret%2Fplan.jpg',
    '/secret/plan.jpg.',
    '/secret/plan.jpg%20',
    '/secret./plan.jpg',
    '/tr:w-100/secret/plan.jpg',
    '/secret/tr:w-100/plan.jpg',
    '/tr%3Aw-100/secret/plan.jpg',
    '/secret/plan.jpg/',
  ])('ACL-012: a pattern takes %s', (path) => {
    expect(statusOf(rules('global', { k: 'p', v: ['/secret/*.jpg'] }), { path, query: 'v=2&tr=h-1' })).toBe(403);
  });

  it('ACL-005: addresses of an endpoint, by the connection and by nothing that is sent', () => {
    const listed = rules('default', { k: 'i', v: [blockText(parseCidr('192.0.2.0/25'))] });
    const sent = { 'x-forwarded-for': '198.51.100.1', 'x-real-ip': '198.51.100.1', forwarded: 'for=198.51.100.1' };

    expect(['192.0.2.0', '192.0.2.127', '192.0.2.128'].map((ip) => statusOf(listed, { ip }))).toEqual([403, 403, 200]);
    expect(statusOf(listed, { ip: '::ffff:192.0.2.5', headers: sent })).toBe(403);
    expect(statusOf(listed, { ip: '198.51.100.1', headers: { 'x-forwarded-for': '192.0.2.5' } })).toBe(200);
  });

  it('ACL-009: a referrer that is empty, null or malformed counts as none', () => {
    const only = (v: string[]) => rules('default', { k: 'r', a: 1, v });
    const from = (entries: object, referer?: string) =>
      statusOf({ ...entries }, { headers: referer === undefined ? {} : { referer } });
    const none = [undefined, '', 'null', '::', 'https://good.example@evil.example/'];

    expect(none.map((referer) => from(only(['good.example']), referer))).toEqual([403, 403, 403, 403, 403]);
    expect(none.map((referer) => from(only(['', 'good.example']), referer))).toEqual([200, 200, 200, 200, 200]);
    expect(from(only(['', 'good.example']), 'https://evil.example/')).toBe(403);
    expect(from(only(['good.example']), 'https://GOOD.example:8443/page')).toBe(200);
    expect(from(only(['*.good.example']), 'https://evil-good.example/')).toBe(403);
    expect(from(only(['*.good.example']), 'https://www.good.example.evil.example/')).toBe(403);
  });

  it('know the country from CloudFront’s header, and nobody’s when it is missing', () => {
    const only = rules('default', { k: 'c', a: 1, v: ['DE'] });

    expect(statusOf(only, { headers: { 'cloudfront-viewer-country': 'DE' } })).toBe(200);
    expect(statusOf(only, { headers: { 'cloudfront-viewer-country': 'FR' } })).toBe(403);
    expect(statusOf(only)).toBe(403);
  });
});

describe('a takedown at the edge', () => {
  /** A value with a taken file between others that share it. */
  const taken = (end: number | '' = '', path = '/a.jpg') => {
    const hash = sha256Hex(path);
    const others = [`,${'0'.repeat(20)}${SECONDS + 9}`, `,${'f'.repeat(20)}`];
    return { [takenKey(hash)]: `${others[0]}${takenMark(hash)}${end}${others[1]}` };
  };

  it('answers 451 for the original and every variant, and says who blocks', () => {
    for (const asking of [{}, { path: '/tr:w-1/a.jpg' }, { query: 'tr=orig-true' }, { path: '//%61.jpg' }]) {
      const answer = run(taken(), asking);

      expect(answer.statusCode).toBe(451);
      expect(answer.headers.link?.value).toBe('<https://d1.cloudfront.net/>; rel="blocked-by"');
      expect(answer.headers['cache-control']?.value).toBe('no-store');
    }
    expect(statusOf(taken(), { path: '/b.jpg' })).toBe(200);
  });

  it('ends by itself', () => {
    expect([statusOf(taken(SECONDS + 1)), statusOf(taken(SECONDS))]).toEqual([451, 200]);
  });
});
