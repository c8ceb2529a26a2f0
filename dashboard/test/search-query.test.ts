import { expect, it } from 'vitest';
import { parseQuery } from '../../lambda/core/library/search/parse-query.ts';
import { searchFields } from '../../lambda/core/library/search/search-fields.ts';
import { searchQuery } from '../src/find/search-query.ts';

it.each([
  { words: 'red shoes' },
  { words: 'a"b \\ \' ) OR type = "folder"' },
  { words: '', tag: 'sum"mer' },
  { words: 'x', tag: 'y' },
  { words: '', format: 'jpg', within: '/a "b', size: 'large', since: '7d', state: 'no-description' } as const,
])('words and tags become a query that the API reads as they are: %j', (view) => {
  const read = JSON.stringify(parseQuery(searchQuery(view), searchFields([])));

  for (const word of view.words.split(' ').filter((one) => /[\p{L}\p{N}]/u.test(one)))
    expect(read).toContain(JSON.stringify(word).slice(1, -1));
  if (view.tag) expect(read).toContain(JSON.stringify(view.tag).slice(1, -1));
});

it('a saved search is narrowed as a whole', () => {
  const read = parseQuery(searchQuery({ words: '', tag: 'x', query: 'size > 5 OR size < 2' }), searchFields([]));
  const kinds = (read as { readonly parts: readonly { readonly kind: string }[] }).parts.map(({ kind }) => kind);

  expect(kinds).toEqual(['comparison', 'comparison', 'or']);
});

it('a custom field is compared with the value as its type has it', () => {
  const field = (type: 'Boolean' | 'SingleSelect') =>
    searchFields([{ id: '1', name: 'kind', label: 'Kind', schema: { type }, createdAt: '2026-01-01T00:00:00Z' }]);

  expect(parseQuery(searchQuery({ words: '', field: 'kind:true' }), field('Boolean'))).toBeTruthy();
  const read = JSON.stringify(parseQuery(searchQuery({ words: '', field: 'kind:a: "b"' }), field('SingleSelect')));
  expect(read).toContain(JSON.stringify('a: "b"').slice(1, -1));
});
