import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LibraryClient } from './library-client.ts';
import { refusal, startLibraryClient } from './library-client.ts';

/* Lists with a search query through the official SDK, unchanged, on real stores. */
let library: LibraryClient;

beforeAll(async () => {
  library = await startLibraryClient({ followsChanges: true });
  const one = await library.upload('/found/Blue-coat.txt', 'hello');
  await library.upload('/found/below/blue-hat.txt', 'hi');
  await library.imagekit.files.update(one, { tags: ['Sale'], description: 'A warm one' });
  await becomes('description HAS "warm"', ['Blue-coat.txt']);
});
afterAll(() => library?.close());

const search = async (searchQuery: string, more: object = {}): Promise<string[]> =>
  (await library.imagekit.assets.list({ searchQuery, sort: 'ASC_NAME', ...more })).map(({ name = '' }) => name);

/** Search follows changes a moment later. */
const becomes = (query: string, expected: string[]) =>
  vi.waitFor(async () => expect(await search(query)).toEqual(expected), { timeout: 30_000, interval: 100 });

describe('a list with a search query', () => {
  test.each([
    ['name HAS "blue"', ['Blue-coat.txt', 'blue-hat.txt']],
    ['name HAS "BLUE co"', ['Blue-coat.txt']],
    ['name : "Blue"', ['Blue-coat.txt']],
    ['tags IN ["Sale", "other"]', ['Blue-coat.txt']],
    ['path : "/found/" AND size < "1kb"', ['Blue-coat.txt', 'blue-hat.txt']],
    ['path = "found/below"', ['blue-hat.txt']],
    ['description HAS "warm" OR format = "jpg"', ['Blue-coat.txt']],
    ['createdAt > "1h" AND published = true AND tags NOT EXISTS', ['blue-hat.txt']],
    ['type = "folder" AND name = "below"', ['below']],
    ['name = "nobody"', []],
  ])('%s', async (query, expected) => {
    expect(await search(query)).toEqual(expected);
  });

  test('looks into one folder where path is given, and does not look at type, tags and name', async () => {
    expect(await search('name HAS "blue"', { path: '/found/below' })).toEqual(['blue-hat.txt']);
    expect(await search('name HAS "coat"', { type: 'folder' })).toEqual(['Blue-coat.txt']);
  });

  test('is refused with the place of a mistake', async () => {
    const [status] = await refusal(library.imagekit.assets.list({ searchQuery: 'width > "wide"' }));

    expect(status).toBe(400);
  });

  test('follows what is changed, a moment later', async () => {
    const fileId = await library.upload('/found/fleeting.txt', 'x');
    await becomes('name HAS "fleeting"', ['fleeting.txt']);
    await library.imagekit.files.delete(fileId);

    await becomes('name HAS "fleeting"', []);
  });
});
