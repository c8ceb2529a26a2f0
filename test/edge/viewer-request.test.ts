import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseHints } from '../../lambda/core/delivery/client-hints.ts';
import { identifyVariant } from '../../lambda/core/delivery/identify-variant.ts';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { languageFaults, MAXIMUM_CODE_BYTES } from '../../local/cdn/functions/language-gate.ts';
import { type EdgeFunction, loadEdgeFunction } from '../../local/cdn/functions/sandbox.ts';
import { ROOT } from '../architecture/sources.ts';

interface Outcome {
  readonly uri?: string;
  readonly querystring?: object;
  readonly headers: Record<string, { value: string }>;
  readonly statusCode?: number;
  readonly body?: { data: string };
}

const SURROUNDINGS = { viewer: { ip: '192.0.2.1' }, context: { distributionDomainName: 'd1.cloudfront.net' } };

let code: string;
let edge: EdgeFunction;

function load(settings: Record<string, string>): EdgeFunction {
  return loadEdgeFunction({ code, store: new Map(Object.entries(settings)) }, 'viewer-request');
}

function run(path: string, query?: string, headers: Record<string, string> = {}, on = edge, method = 'GET'): Outcome {
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const request = { method, uri: path, querystring: {}, headers: values, cookies: {} };
  return on.run({ request, ...SURROUNDINGS }, query, new Date()) as Outcome;
}

function handedOn(headers: Outcome['headers']): { url: string; hints: string } {
  const [url = '', hints = ''] = (headers['x-vitrine-url']?.value ?? '').split('.');
  return { url: Buffer.from(url, 'base64url').toString(), hints };
}

beforeAll(() => {
  code = bundleEdgeFunction(ROOT, 'viewer-request');
  edge = load({ 'endpoint:default': '{"paused":false}' });
});

describe('the viewer-request function, as shipped', () => {
  it('is small enough and in the language of the edge', () => {
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(MAXIMUM_CODE_BYTES);
    expect(languageFaults(code)).toEqual([]);
  });

  it('rewrites to the variant and hands the asked URL on, whatever the viewer sent in that header', () => {
    const outcome = run('/tr:w-300/a%20b.jpg', 'v=1', { accept: 'image/webp', 'x-vitrine-url': 'forged' });

    expect(outcome.uri).toMatch(/^\/open\/default\/[0-9a-f]{32}\/[0-9a-f]{32}\.webp$/);
    expect(outcome.querystring).toEqual({});
    expect(handedOn(outcome.headers)).toEqual({ url: '/tr:w-300/a%20b.jpg?v=1', hints: '0_0_0' });
  });

  it('agrees with the transformer on every URL (PATH-026)', () => {
    const piece = fc.constantFrom(
      'a',
      'b.jpg',
      '/',
      'tr:',
      'w-1',
      ',',
      ':',
      '%2F',
      '%20',
      '%C3%A9',
      'l-image',
      'l-end',
      'f-png',
      'w-auto',
      'dpr-auto',
    );
    const queryPiece = fc.constantFrom(
      'tr=',
      'w-2',
      ',',
      ':',
      '&',
      'v=1',
      'ik-s=1',
      '%2C',
      '+',
      'ie-a%3D',
      'orig-true',
    );
    const urls = fc.tuple(
      fc.array(piece, { maxLength: 8 }).map((parts) => `/${parts.join('')}`),
      fc.option(
        fc.array(queryPiece, { maxLength: 8 }).map((parts) => parts.join('')),
        { nil: undefined },
      ),
      fc.constantFrom('image/avif', 'image/webp', '*/*'),
      fc.constantFrom('', '1', '412', '412.5', '99999', 'x'),
    );

    fc.assert(
      fc.property(urls, ([path, query, accept, width]) => {
        const { uri, statusCode, headers } = run(path, query, { accept, 'sec-ch-width': width, 'sec-ch-dpr': '1.5' });
        const identify = () =>
          identifyVariant(uri ?? '', { path, query: query ?? '' }, parseHints(handedOn(headers).hints));

        if (statusCode) expect(identify).toThrow();
        else expect(`/${identify().key}`).toBe(uri);
      }),
      { numRuns: 3000 },
    );
  });

  it('answers a malformed URL itself, with every header that such an answer needs', () => {
    const outcome = run('/a/%2e%2e/b.jpg');

    expect(outcome.statusCode).toBe(400);
    expect(outcome.headers['ik-error']?.value).toMatch(/^EINVAL - /);
    expect(outcome.headers['server-timing']?.value).toBe('cache;desc=miss');
    expect(run(`/${'a'.repeat(9000)}`).statusCode).toBe(414);
  });

  it('answers preflights', () => {
    expect(run('/a.jpg', undefined, {}, edge, 'OPTIONS').statusCode).toBe(204);
  });

  it('delivers nothing from an endpoint that is paused or has no settings', () => {
    expect(run('/a.jpg', undefined, {}, load({ 'endpoint:default': '{"paused":true}' })).statusCode).toBe(503);
    expect(run('/a.jpg', undefined, {}, load({})).statusCode).toBe(503);
  });
});
