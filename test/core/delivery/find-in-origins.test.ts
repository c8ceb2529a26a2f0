import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { findInOrigins } from '../../../lambda/core/delivery/find-in-origins.ts';
import { withOrigins } from '../../../lambda/core/delivery/with-origins.ts';
import type { Problem } from '../../../lambda/core/kernel/problems.ts';
import { checkHeader } from '../../../lambda/core/render/check-image.ts';
import type { StoredOrigin } from '../../../lambda/core/settings/origins/origin.ts';
import type { FetchOutcome, NotFetched } from '../../../lambda/core/settings/origins/origin-fetcher.ts';
import { detectType } from '../../../lambda/formats/types/detect-type.ts';
import { storedOrigin } from '../settings/origins/stored-origin.ts';

let picture: Uint8Array;

beforeAll(async () => {
  picture = await sharp({ create: { width: 4, height: 3, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
});

const found = (bytes: Uint8Array | string, changes = {}): FetchOutcome => ({
  outcome: 'found',
  bytes: typeof bytes === 'string' ? Buffer.from(bytes) : bytes,
  contentType: undefined,
  etag: '"e"',
  isPrivate: false,
  ...changes,
});

const not = (outcome: NotFetched['outcome']): FetchOutcome => ({ outcome });

/** Origins that answer as given, in this order. */
function search(...outcomes: FetchOutcome[]) {
  const asked: string[] = [];
  const cached = new Map<string, FetchOutcome>();
  const reports: string[] = [];
  const origins = outcomes.map((_, index) =>
    storedOrigin('WEB_FOLDER', { id: String(index), baseUrl: 'https://a.example', keepOriginals: true }),
  );
  const deps = {
    detectType,
    checkImage: checkHeader,
    directory: { ofEndpoint: async (): Promise<readonly StoredOrigin[]> => origins },
    fetcher: {
      fetch: async ({ origin }: StoredOrigin) => {
        asked.push(origin.id);
        return outcomes[Number(origin.id)] as FetchOutcome;
      },
    },
    cache: {
      find: async ({ origin }: StoredOrigin) => {
        const one = cached.get(origin.id);
        return one?.outcome === 'found' ? one : undefined;
      },
      put: async ({ origin }: StoredOrigin, _: string, object: FetchOutcome) => void cached.set(origin.id, object),
    },
    report: (event: string) => void reports.push(event),
  };
  return { asked, cached, reports, deps, find: (path = '/a.png') => findInOrigins(deps, 'default', { path }) };
}

test('the first origin that has the file wins; those behind it are not asked', async () => {
  const { find, asked } = search(not('missing'), found(picture), found('other'));

  expect(await find()).toMatchObject({
    stored: { origin: { id: '1' } },
    content: { contentType: 'image/png', fileType: 'image', width: 4, height: 3 },
  });
  expect(asked).toEqual(['0', '1']);
});

test('no origin has it, or there are none', async () => {
  expect(await search(not('missing'), not('missing')).find()).toBeUndefined();
  expect(await search().find()).toBeUndefined();
});

test('an origin that denies may hide that it has no file: the next one is asked', async () => {
  expect(await search(not('denied'), found(picture)).find()).toMatchObject({ stored: { origin: { id: '1' } } });
  await expect(search(not('denied'), not('missing')).find()).rejects.toMatchObject({
    code: 'origin.denied',
    status: 404,
  });
});

test.each([
  ['unreachable', 'origin.unreachable', 404],
  ['late', 'origin.late', 504],
  ['broken', 'origin.broken', 502],
  ['endless', 'origin.broken', 502],
  ['too-large', 'source.limit', 400],
] as const)(
  'an origin that is %s ends the search: another origin’s file would be kept for a year',
  async (outcome, code, status) => {
    const { find, asked } = search(not(outcome), found(picture));

    await expect(find()).rejects.toMatchObject({ code, status });
    expect(asked).toEqual(['0']);
  },
);

test('a page under an image’s name is no image, and is not cached', async () => {
  const { find, cached } = search(found('<!doctype html><p>Sorry', { contentType: 'text/html' }));

  await expect(find('/a.png')).rejects.toMatchObject({ code: 'origin.broken', status: 502 });
  expect(cached.size).toBe(0);
  expect(await find('/page')).toMatchObject({ content: { contentType: 'application/octet-stream' } });
});

test('a cached file spares the origin', async () => {
  const { find, asked } = search(found(picture));

  await find();
  await find();

  expect(asked).toEqual(['0']);
});

test('a file is delivered although it cannot be cached', async () => {
  const { deps, reports } = search(found(picture));
  const cache = { find: () => Promise.reject(new Error('x')), put: () => Promise.reject(new Error('x')) };

  expect(await findInOrigins({ ...deps, cache }, 'default', { path: '/a.png' })).toBeDefined();
  expect(reports).toEqual(['origin-cache-unread', 'origin-cache-unwritten']);
});

test('the library stays first at every look, and an origin is asked once a request', async () => {
  const { deps, asked } = search(found(picture, { isPrivate: true }));
  const library = new Map<string, object>();
  const written: [string, Uint8Array][] = [];
  const access = withOrigins(
    {
      assets: { find: async (path) => library.get(path) as never, findVersion: async () => undefined },
      originals: { read: async () => Buffer.from('library') },
      variants: {
        put: async (key, bytes) => void written.push([key, bytes]),
        copyOriginal: async (from, to) => void written.push([`${from} ${to}`, picture]),
        copy: async () => undefined,
        open: async () => Promise.reject(new Error('none')),
        find: async () => undefined,
        remove: async () => undefined,
      },
    },
    (path) =>
      findInOrigins({ ...deps, cache: { find: async () => undefined, put: async () => undefined } }, 'e', { path }),
  );

  const record = await access.assets.find('/a.png');
  expect(record).toMatchObject({
    path: '/a.png',
    isPrivate: true,
    revision: 1,
    versionId: '"e"',
    size: picture.length,
  });
  expect(await access.assets.find('/a.png')).toEqual(record);
  expect(asked).toEqual(['0']);
  expect(await access.originals.read(record?.objectKey ?? '', 1000)).toBe(picture);
  const headers = { contentType: 'a', cacheControl: 'b', cacheTags: '', serverTiming: 'c' };
  await access.variants.copyOriginal(record?.objectKey ?? '', 'open/x', headers);
  await access.variants.copyOriginal('media/a', 'open/y', headers);
  expect(written.map(([key]) => key)).toEqual(['open/x', 'media/a open/y']);

  library.set('/a.png', { assetId: 'library' });
  expect(await access.assets.find('/a.png')).toEqual({ assetId: 'library' });
  expect(Buffer.from(await access.originals.read('media/a', 1000)).toString()).toBe('library');
});

test('failures name nothing of the origin', async () => {
  const error: Problem = await search(not('denied'))
    .find()
    .catch((reason) => reason);

  expect(error.message).not.toMatch(/a\.example|bucket|key/);
});
