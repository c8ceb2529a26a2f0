import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { lambdaContext } from './events.ts';
import type { LibraryClient } from './library-client.ts';
import { startLibraryClient } from './library-client.ts';

/* Saved searches and tags that are renamed, as clients use them, on real stores with an index that follows. */
let library: LibraryClient;

beforeAll(async () => {
  library = await startLibraryClient({ followsChanges: true });
  for (const name of ['one', 'two', 'three']) {
    const fileId = await library.upload(`/saved/${name}.txt`, name);
    await library.imagekit.files.update(fileId, { tags: name === 'three' ? ['other'] : ['Sale', name] });
  }
});
afterAll(() => library?.close());

async function made<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await library.call(method, path, body === undefined ? {} : { body });
  expect([path, answer.status < 300]).toEqual([path, true]);
  return (await answer.json()) as Body;
}

const namesOf = async (path: string) =>
  (await made<readonly { readonly name: string }[]>('GET', path)).map(({ name }) => name);

/** The index follows changes a moment later. */
const becomes = (path: string, names: readonly string[]) =>
  vi.waitFor(async () => expect(await namesOf(path)).toEqual(names), { timeout: 30_000, interval: 100 });

describe('a saved search', () => {
  test('is run by its id, and finds what its query means by then', async () => {
    const body = { name: 'On sale', searchQuery: 'tags IN ["Sale"]', path: 'saved', sort: 'ASC_NAME' };
    const { id } = await made<{ readonly id: string }>('POST', '/v1/saved-searches', body);
    await becomes(`/v1/saved-searches/${id}/assets`, ['one.txt', 'two.txt']);
    expect(await namesOf(`/v1/saved-searches/${id}/assets?limit=1&skip=1`)).toEqual(['two.txt']);

    await made('PATCH', `/v1/saved-searches/${id}`, { searchQuery: 'tags IN ["other"]', path: null });
    await becomes(`/v1/saved-searches/${id}/assets`, ['three.txt']);
  });

  test('goes on by a cursor', async () => {
    const body = { name: 'All', searchQuery: 'size > 0', path: '/saved', sort: 'ASC_NAME' };
    const { id } = await made<{ readonly id: string }>('POST', '/v1/saved-searches', body);
    const first = await library.call('GET', `/v1/saved-searches/${id}/assets?limit=2`);
    const cursor = first.headers.get('x-next-cursor') ?? '';

    expect(await first.json()).toHaveLength(2);
    expect(await namesOf(`/v1/saved-searches/${id}/assets?cursor=${encodeURIComponent(cursor)}`)).toEqual(['two.txt']);
  });

  test.each([
    [{ name: 'x', searchQuery: 'width > "wide"' }, 'a number is expected'],
    [{ name: 'x', searchQuery: 'size > 1', sort: 'UP' }, 'sort'],
    [{ name: '', searchQuery: 'size > 1' }, 'name'],
  ])('is not kept with %j', async (body, message) => {
    const answer = await library.call('POST', '/v1/saved-searches', { body });

    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      400,
      expect.stringContaining(message),
    ]);
  });
});

test('a tag that is renamed is found under its new name, and the job ends', async () => {
  const search = (tag: string) => `/v1/files?sort=ASC_NAME&searchQuery=${encodeURIComponent(`tags IN ["${tag}"]`)}`;
  const { id } = await made<{ readonly id: string }>('POST', '/v1/saved-searches', {
    ...{ name: 'Kept', searchQuery: 'tags IN ["Reduced"]', sort: 'ASC_NAME' },
  });
  await becomes(search('Sale'), ['one.txt', 'two.txt']);
  const rename = { tags: ['Sale'], newTag: 'Reduced' };
  const { jobId } = await made<{ readonly jobId: string }>('POST', '/v1/tags/rename', rename);

  await becomes(search('Reduced'), ['one.txt', 'two.txt']);
  await becomes(search('Sale'), []);
  await becomes(`/v1/saved-searches/${id}/assets`, ['one.txt', 'two.txt']);
  expect(await made('GET', `/v1/bulkJobs/${jobId}`)).toMatchObject({
    type: 'RENAME_TAGS',
    status: 'Pending',
    filesDone: 2,
  });

  const { handler } = await import('../../lambda/handlers/resume-purges.ts');
  await vi.waitFor(
    async () => {
      await handler({} as never, lambdaContext());
      expect(await made('GET', `/v1/bulkJobs/${jobId}`)).toMatchObject({ status: 'Completed', filesDone: 2 });
    },
    { timeout: 60_000, interval: 1000 },
  );
}, 90_000);
