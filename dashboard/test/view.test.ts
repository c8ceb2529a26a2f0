import { describe, expect, it } from 'vitest';
import { readView, type View, viewAddress } from '../src/browse/view.ts';

const START = readView('');

describe('the address of a view', () => {
  it('is short for the usual one', () => {
    expect(viewAddress(START)).toBe('/');
  });

  it.each<Partial<View>>([
    { path: '/a/b' },
    { path: '/a & b/50 % #?+/ü' },
    { words: 'red "shoes" <b>', kind: 'image' },
    { format: 'jpg', within: '/a b', size: 'huge', since: '30d', state: 'draft', field: 'color:deep red' },
    { query: 'size > "1mb" OR tags IN ["a&b"]', within: '/a' },
    { tag: 'a,b=c', sort: 'DESC_SIZE', layout: 'list' },
  ])('gives the same view back: %j', (change) => {
    const view = { ...START, ...change };

    expect(readView(viewAddress(view).replace(/^\/\??/, ''))).toEqual(view);
  });

  it('that says nonsense is the usual view', () => {
    expect(readView('sort=DROP&layout=3d&kind=x&path=//&words=%20&size=9&since=x&state=y&field=z&format=%22')).toEqual(
      START,
    );
  });

  it('names a folder in one way', () => {
    expect(readView('path=a//b/').path).toBe('/a/b');
  });
});
