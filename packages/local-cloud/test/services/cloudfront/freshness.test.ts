import { describe, expect, it } from 'vitest';
import { secondsFresh } from '../../../src/services/cloudfront/freshness.ts';
import { MANAGED_CACHE_POLICIES } from '../../../src/services/cloudfront/policies.ts';
import { NOTHING } from './running-cdn.ts';

const NOW = new Date('2026-11-25T00:00:00Z');

function seconds(status: number, control?: string, ttl: { min?: number; max?: number } = {}, expires?: string): number {
  const policy = {
    MinTTL: ttl.min ?? 0,
    DefaultTTL: 100,
    MaxTTL: ttl.max ?? 1000,
    ParametersInCacheKeyAndForwardedToOrigin: NOTHING,
  };
  const headers = { ...(control !== undefined && { 'cache-control': control }), ...(expires && { expires }) };
  return secondsFresh(status, headers, { policy, errorSeconds: () => 10 }, NOW);
}

describe('how long a success is kept', () => {
  it('is what the origin says, between the minimum and the maximum', () => {
    expect(seconds(200, 'max-age=50')).toBe(50);
    expect(seconds(200, 'max-age=50, s-maxage=70')).toBe(70);
    expect(seconds(200, 'public, Max-Age="30"')).toBe(30);
    expect(seconds(200, 'max-age=50', { min: 60 })).toBe(60);
    expect(seconds(200, 'max-age=5000')).toBe(1000);
    expect(seconds(200, undefined, {}, 'Wed, 25 Nov 2026 00:00:20 GMT')).toBe(20);
    expect(seconds(200, undefined, {}, '0')).toBe(0);
    expect(seconds(200, 'max-age=50', {}, 'Wed, 25 Nov 2026 00:00:20 GMT')).toBe(50);
  });

  it('is the default when the origin says nothing, and not a directive of another name', () => {
    expect(seconds(200)).toBe(100);
    expect(seconds(200, undefined, { min: 200 })).toBe(200);
    expect(seconds(200, 'x-max-age=5')).toBe(100);
  });

  it('is the minimum when the origin forbids it', () => {
    for (const control of ['no-store', 'no-cache, max-age=50', 'private']) {
      expect([seconds(200, control), seconds(200, control, { min: 7 })]).toEqual([0, 7]);
    }
  });

  it('is nothing for parts and, unless the origin says otherwise, for moves that do not last', () => {
    expect([seconds(206, 'max-age=5'), seconds(302), seconds(302, 'max-age=5'), seconds(301)]).toEqual([0, 0, 5, 100]);
  });

  it('is nothing at all with caching disabled', () => {
    const policy = MANAGED_CACHE_POLICIES.get('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    if (!policy) throw new Error('unknown policy');
    const freshness = { policy, errorSeconds: () => 10 };

    expect(secondsFresh(200, { 'cache-control': 'max-age=50' }, freshness, NOW)).toBe(0);
    expect(secondsFresh(500, {}, freshness, NOW)).toBe(0);
  });
});

describe('how long an error is kept', () => {
  it('is the error minimum, or longer if the origin says so, up to the maximum', () => {
    expect([seconds(404), seconds(503), seconds(404, 'max-age=2'), seconds(404, 'max-age=60')]).toEqual([
      10, 10, 10, 60,
    ]);
    expect(seconds(500, 'max-age=5000')).toBe(1000);
  });

  it('is nothing for 404, 410, 414 and 501 that must not be stored; other errors do not heed that', () => {
    expect([404, 410, 414, 501].map((status) => seconds(status, 'no-store'))).toEqual([0, 0, 0, 0]);
    expect([500, 502, 503, 504].map((status) => seconds(status, 'no-store'))).toEqual([10, 10, 10, 10]);
  });

  it('is nothing for client errors about which the origin says nothing', () => {
    expect([400, 403, 405, 412, 415].map((status) => seconds(status))).toEqual([0, 0, 0, 0, 0]);
    expect(seconds(403, 'max-age=60')).toBe(60);
    expect([401, 416, 429].map((status) => seconds(status, 'max-age=60'))).toEqual([0, 0, 0]);
  });
});
