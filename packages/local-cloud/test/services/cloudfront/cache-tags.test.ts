import { expect, it } from 'vitest';
import { isTagItem, tagsOf } from '../../../src/services/cloudfront/cache-tags.ts';

it('tags are read from the configured header alone, without spaces and case, as far as they are tags', () => {
  const headers = { 'x-tags': ` Product:Tv ,b,,c d,é,${'x'.repeat(257)},${'y'.repeat(256)}` };

  expect(tagsOf(headers, 'x-tags')).toEqual(['product:tv', 'b', 'y'.repeat(256)]);
  expect([tagsOf(headers, undefined), tagsOf(headers, 'x-others')]).toEqual([[], []]);
});

it('no more than 50 tags are stored', () => {
  const all = Array.from({ length: 60 }, (_, index) => `t${index}`);

  expect(tagsOf({ tags: all.join(',') }, 'tags')).toEqual(all.slice(0, 50));
});

it.each([
  ['#a', true],
  ['#product:tv*', true],
  ['#', false],
  ['#a,b', false],
  ['#a b', false],
  [`#${'x'.repeat(257)}`, false],
  ['/a', false],
])('%s as an item is a tag: %s', (item, expected) => {
  expect(isTagItem(item)).toBe(expected);
});
