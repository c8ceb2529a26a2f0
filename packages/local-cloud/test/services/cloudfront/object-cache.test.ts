import { describe, expect, it } from 'vitest';
import { isInvalidated, isReached, ObjectCache } from '../../../src/services/cloudfront/object-cache.ts';

const object = (bytes: number, path = '/a') => ({
  status: 200,
  headers: {},
  body: Buffer.alloc(bytes),
  storedAt: 0,
  freshUntil: 1000,
  paths: [path],
  tags: [],
});

describe('the cache', () => {
  it('forgets the least recently used objects above its bound', () => {
    const cache = new ObjectCache(10_000);
    for (const key of ['a', 'b', 'c']) cache.set(key, object(2000));
    cache.get('a');
    cache.set('d', object(2000));

    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key))).toEqual(['a', 'c', 'd']);
  });

  it('counts objects without a body, and takes none that is larger than itself', () => {
    const cache = new ObjectCache(10_000);
    for (let i = 0; i < 1000; i++) cache.set(String(i), object(0));
    const kept = Array.from({ length: 1000 }, (_, i) => cache.get(String(i))).filter(Boolean).length;
    cache.set('large', object(20_000));

    expect(kept).toBeGreaterThan(5);
    expect(kept).toBeLessThan(10);
    expect(cache.get('large')).toBeUndefined();
  });

  it('counts a replaced object once', () => {
    const cache = new ObjectCache(10_000);
    for (let i = 0; i < 100; i++) cache.set('a', object(4000));
    cache.set('b', object(1000));

    expect([cache.get('a'), cache.get('b')].every(Boolean)).toBe(true);
  });
});

describe('an invalidation', () => {
  it.each([
    [['#a'], true],
    [['#A'], true],
    [['/x', '#b'], true],
    [['#a*'], false],
    [['#c'], false],
    [['a'], false],
    [['/a'], false],
  ])('of what is tagged a and b by %j: %s', (items, expected) => {
    expect(isReached({ paths: ['/p'], tags: ['a', 'b'] }, items)).toBe(expected);
  });

  it.each([
    ['/a/b', '/a/b', true],
    ['/a/b', 'a/b', true],
    ['/a/b', '/a', false],
    ['/a/b', '/a/*', true],
    ['/a', '/a/*', false],
    ['/a/b', '/a*', true],
    ['/a/b', '/*', true],
    ['/a/b', '*', true],
    ['/a*b', '/a*b', true],
    ['/a-b', '/a*b', false],
  ])('of %s by %s: %s', (path, pattern, expected) => {
    expect(isInvalidated(path, [pattern])).toBe(expected);
  });
});
