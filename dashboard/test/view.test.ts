import { describe, expect, it } from 'vitest';
import { readView, type View, viewAddress } from '../src/browse/view.ts';

const START: View = { path: '/', sort: 'ASC_NAME', layout: 'grid', words: '', kind: undefined, tag: undefined };

describe('the address of a view', () => {
  it('is short for the usual one', () => {
    expect(viewAddress(START)).toBe('/');
  });

  it.each<Partial<View>>([
    { path: '/a/b' },
    { path: '/a & b/50 % #?+/ü' },
    { words: 'red "shoes" <b>', kind: 'image' },
    { tag: 'a,b=c', sort: 'DESC_SIZE', layout: 'list' },
  ])('gives the same view back: %j', (change) => {
    const view = { ...START, ...change };

    expect(readView(viewAddress(view).replace(/^\/\??/, ''))).toEqual(view);
  });

  it('that says nonsense is the usual view', () => {
    expect(readView('sort=DROP&layout=3d&kind=x&path=//&words=%20')).toEqual(START);
  });

  it('names a folder in one way', () => {
    expect(readView('path=a//b/').path).toBe('/a/b');
  });
});
