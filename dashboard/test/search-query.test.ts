import { expect, it } from 'vitest';
import { parseQuery } from '../../lambda/core/library/search/parse-query.ts';
import { searchFields } from '../../lambda/core/library/search/search-fields.ts';
import { searchQuery } from '../src/find/search-query.ts';

it.each([
  { words: 'red shoes' },
  { words: 'a"b \\ \' ) OR type = "folder"' },
  { words: '', tag: 'sum"mer' },
  { words: 'x', tag: 'y' },
])('words and tags become a query that the API reads as they are: %j', (view) => {
  const read = JSON.stringify(parseQuery(searchQuery(view), searchFields([])));

  for (const word of view.words.split(' ').filter((one) => /[\p{L}\p{N}]/u.test(one)))
    expect(read).toContain(JSON.stringify(word).slice(1, -1));
  if (view.tag) expect(read).toContain(JSON.stringify(view.tag).slice(1, -1));
});
