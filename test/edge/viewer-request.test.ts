import { type EdgeFunction, languageFaults, MAXIMUM_CODE_BYTES } from 'local-cloud/edge-functions';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENGINE_VERSION } from '../../lambda/contract/engine-version.ts';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { ROOT } from '../architecture/sources.ts';
import { handedOn, loadViewerRequest, type Outcome, runViewerRequest } from './edge-sandbox.ts';

const SETTINGS = { 'endpoint:default': '{"paused":false}' };

let code: string;
let edge: EdgeFunction;

function run(path: string, query?: string, headers: Record<string, string> = {}, on = edge, method = 'GET'): Outcome {
  return runViewerRequest(on, path, query, { headers, method });
}

beforeAll(() => {
  code = bundleEdgeFunction(ROOT, 'viewer-request');
  edge = loadViewerRequest(SETTINGS);
});

describe('the viewer-request function, as shipped', () => {
  it('is small enough and in the language of the edge', () => {
    expect(Buffer.byteLength(code)).toBeLessThanOrEqual(MAXIMUM_CODE_BYTES);
    expect(languageFaults(code)).toEqual([]);
  });

  it('rewrites to the variant and hands the asked URL on, whatever the viewer sent in that header', () => {
    const outcome = run('/tr:w-300/a%20b.jpg', 'v=1', {
      accept: 'image/webp',
      host: 'media.example.com',
      'x-vitrine-url': 'forged',
    });

    expect(outcome.uri).toMatch(new RegExp(`^/${ENGINE_VERSION}/[0-9a-f]{32}/open/default/[0-9a-f]{32}\\.webp$`));
    expect(outcome.querystring).toEqual({});
    expect(handedOn(outcome.headers)).toEqual({
      url: '/tr:w-300/a%20b.jpg?v=1',
      hints: '0_0_0',
      host: 'media.example.com',
    });
  });

  it('answers a malformed URL itself, with every header that such an answer needs', () => {
    const outcome = run('/a/%2e%2e/b.jpg');

    expect(outcome.statusCode).toBe(400);
    expect(outcome.headers['ik-error']?.value).toMatch(/^EINVAL - /);
    expect(outcome.headers['server-timing']?.value).toBe('fetch;dur=0, transform;dur=0, cache;desc=miss');
    expect(run(`/${'a'.repeat(9000)}`).statusCode).toBe(414);
  });

  it('answers preflights', () => {
    expect(run('/a.jpg', undefined, {}, edge, 'OPTIONS').statusCode).toBe(204);
  });

  it('delivers nothing from an endpoint that is paused or has no settings', () => {
    expect(run('/a.jpg', undefined, {}, loadViewerRequest({ 'endpoint:default': '{"paused":true}' })).statusCode).toBe(
      503,
    );
    expect(run('/a.jpg', undefined, {}, loadViewerRequest({})).statusCode).toBe(503);
  });
});
