import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListedObject } from '../../../lambda/core/library/imports/object-source.ts';
import type { ImportedPlace } from '../../../lambda/core/library/store/imported-place.ts';
import type { BucketToImport } from '../../core/library/imports/bucket-to-import.ts';
import { BUCKET, startBucketToImport } from '../../core/library/imports/bucket-to-import.ts';
import { refusalOf } from '../../core/library/refusal-of.ts';
import { ORIGIN_ID } from '../../core/settings/origins/stored-origin.ts';

/* Listings and inventories of a bucket on a real server, whose origin begins at a folder. */
let bucket: BucketToImport;

beforeAll(async () => {
  bucket = await startBucketToImport({ prefix: 'all/of it' });
});
afterAll(() => bucket?.close());

const from = (prefix: string, manifest?: string): ImportedPlace => ({
  ...{ originId: ORIGIN_ID, prefix },
  ...(manifest !== undefined && { inventory: { originId: ORIGIN_ID, manifest } }),
});

async function listed(place: ImportedPlace, after: readonly string[] = []): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const page of bucket.source.pages(place, after)) objects.push(...page);
  return objects;
}

const keys = (objects: readonly ListedObject[]) => objects.map(({ key }) => key);

describe('a listing', () => {
  it('has the objects below a prefix, of every name, with what they are pinned by', async () => {
    const names = ['a b+c&d.txt', "e'f%20.txt", 'ü/<g>.txt'];
    for (const name of names) await bucket.put(`all/of it/one/${name}`, 'text');
    await bucket.put('all/of it/one/folder/', '');
    await bucket.put('all/of it/other.txt', 'text');

    const objects = await listed(from('one/'));

    expect(keys(objects)).toEqual(names.map((name) => `one/${name}`));
    expect(objects[0]).toMatchObject({ size: 4, etag: '1cb251ec0d568de6a929b520c4aed8d1', isArchived: false });
    expect(Date.parse(objects[0]?.modifiedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(keys(await listed(from('one/'), objects[0]?.place))).toEqual(keys(objects.slice(1)));
  });

  it('goes on over pages', async () => {
    await Promise.all(
      Array.from({ length: 1003 }, (_, index) => bucket.put(`all/of it/many/${String(index).padStart(4, '0')}`, 'x')),
    );

    expect(new Set(keys(await listed(from('many/')))).size).toBe(1003);
  }, 60_000);

  it('of an origin that is gone is refused', async () => {
    const place = { originId: 'f'.repeat(24), prefix: '' };
    expect(await refusalOf(listed(place))).toMatchObject({ code: 'origin.not-found' });
  });
});

const SCHEMA = 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate, ETag, StorageClass';
const WHEN = '2026-11-28T10:00:00.000Z';
const row = (key: string, { latest = true, marker = false, storage = 'STANDARD' } = {}) =>
  [BUCKET, key, 'v1', latest, marker, marker ? '' : 4, WHEN, marker ? '' : 'abc', storage]
    .map((cell) => `"${cell}"`)
    .join(',');

async function putInventory(name: string, files: readonly string[], changes: object = {}): Promise<void> {
  const named = files.map((text, index) => ({ key: `all/of it/inv/${name}/${index}.csv.gz`, text }));
  for (const { key, text } of named) await bucket.put(key, gzipSync(text));
  const manifest = {
    ...{ sourceBucket: BUCKET, destinationBucket: `arn:aws:s3:::${BUCKET}`, fileFormat: 'CSV', fileSchema: SCHEMA },
    files: named.map(({ key }) => ({ key, size: 1 })),
    ...changes,
  };
  await bucket.put(`all/of it/inv/${name}/manifest.json`, JSON.stringify(manifest));
}

describe('an inventory', () => {
  it('has the newest objects of all its files, and goes on after any of them', async () => {
    await putInventory('good', [
      [
        row('all/of+it/pictures/a%2Cb%22.jpg'),
        row('all/of+it/pictures/old.jpg', { latest: false }),
        row('all/of+it/pictures/deleted.jpg', { marker: true }),
        row('all/of%20it/pictures/ice.jpg', { storage: 'GLACIER' }),
        row('elsewhere/c.jpg'),
      ].join('\n'),
      `${row('all/of+it/pictures/d.jpg')}\r\n`,
    ]);
    const place = from('pictures/', 'inv/good/manifest.json');

    const objects = await listed(place);

    expect(keys(objects)).toEqual(['pictures/a,b".jpg', 'pictures/ice.jpg', 'pictures/d.jpg']);
    expect(objects.map(({ isArchived }) => isArchived)).toEqual([false, true, false]);
    expect(objects[0]).toMatchObject({ size: 4, etag: 'abc', modifiedAt: WHEN });
    for (const [index, object] of objects.entries()) {
      expect(keys(await listed(place, object.place))).toEqual(keys(objects.slice(index + 1)));
    }
  });

  it.each([
    ['orc', { fileFormat: 'ORC' }, 'must be CSV; it is ORC'],
    ['parquet', { fileFormat: 'Parquet' }, 'must be CSV; it is Parquet'],
    ['lean', { fileSchema: 'Bucket, Key' }, 'lacks the fields Size, LastModifiedDate, ETag'],
    ['foreign', { sourceBucket: 'another' }, 'of another bucket'],
    ['away', { destinationBucket: 'arn:aws:s3:::another' }, 'outside the origin'],
    ['outside', { files: [{ key: 'secret/1.csv.gz' }] }, 'outside the origin'],
    ['odd', { files: [{}] }, 'files without keys'],
    ['none', { files: undefined }, 'no manifest'],
  ])('that is %s is refused in plain words', async (name, changes, message) => {
    await putInventory(name, [row('all/of+it/a.jpg')], changes);

    expect(await refusalOf(listed(from('', `inv/${name}/manifest.json`)))).toMatchObject({
      code: 'import.invalid',
      message: expect.stringContaining(message),
    });
  });

  it('whose files are none is refused', async () => {
    await putInventory('damaged', []);
    await bucket.put('all/of it/inv/damaged/0.csv.gz', 'no gzip');
    const files = [{ key: 'all/of it/inv/damaged/0.csv.gz' }];
    await putInventory('damaged', [], { files });
    await putInventory('endless', ['x'.repeat(200_000)]);

    for (const name of ['damaged', 'endless']) {
      expect(await refusalOf(listed(from('', `inv/${name}/manifest.json`)))).toMatchObject({ code: 'import.invalid' });
    }
    expect(await refusalOf(listed(from('', 'inv/nowhere.json')))).toMatchObject({ code: 'import.invalid' });
  });
});
