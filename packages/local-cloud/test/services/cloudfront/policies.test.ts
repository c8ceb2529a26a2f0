import { describe, expect, it } from 'vitest';
import type { EdgeRequest } from '../../../src/services/cloudfront/messages.ts';
import type { CachePolicy } from '../../../src/services/cloudfront/policies.ts';
import { cacheKey, forwarded, MANAGED_CACHE_POLICIES } from '../../../src/services/cloudfront/policies.ts';

const policyOf = (id: string): CachePolicy => MANAGED_CACHE_POLICIES.get(id) as CachePolicy;

const OPTIMIZED = policyOf('658327ea-f89d-4fab-a63d-7e88639e58f6');
const DISABLED = policyOf('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');

const asking = (accepted: string): EdgeRequest =>
  ({ method: 'GET', path: '/a.js', query: '', headers: { 'accept-encoding': accepted } }) as unknown as EdgeRequest;

describe('a policy that takes codings', () => {
  it.each([
    ['gzip, deflate, br', 'br,gzip'],
    ['br', 'br'],
    ['gzip', 'gzip'],
  ])('sends "%s" on as "%s"', (accepted, sent) => {
    expect(forwarded(asking(accepted), OPTIMIZED, undefined).headers).toEqual({ 'accept-encoding': sent });
  });

  it('sends on none that it does not take', () => {
    expect(forwarded(asking('deflate, zstd'), OPTIMIZED, undefined).headers).toEqual({});
  });

  it('keeps an object for each, whatever else is accepted and in which order', () => {
    expect(cacheKey(asking('br, gzip'), OPTIMIZED)).toBe(cacheKey(asking('gzip, deflate, br, zstd'), OPTIMIZED));
    expect(cacheKey(asking('br'), OPTIMIZED)).not.toBe(cacheKey(asking('gzip'), OPTIMIZED));
  });
});

it('one that takes none lets codings make no difference', () => {
  expect(forwarded(asking('br'), DISABLED, undefined).headers).toEqual({});
  expect(cacheKey(asking('br'), DISABLED)).toBe(cacheKey(asking('gzip'), DISABLED));
});
