import { ListObjectsV2Command, type ListObjectsV2CommandInput, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectFailure, useS3 } from '../s3-fixture.ts';

const s3 = useS3('list-objects');
const Bucket = s3.Bucket;

const KEYS = [
  ...Array.from({ length: 15 }, (_, index) => `lst/d${index % 3}/f${String(index).padStart(2, '0')}`),
  ...['B', 'a', 'Z', '~', 'é', '\u{fffd}', '\u{1f600}'].map((name) => `lst/${name}`),
  ...['other', 'lst', 'lstx', 'lst/d1'],
];

/** The order of S3: by bytes of UTF-8, which is not that of JavaScript strings. */
const inOrder = (keys: Iterable<string>) => [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

beforeAll(async () => {
  await Promise.all(KEYS.map((key) => s3.put(key, 'x')));
});

const list = (more: Partial<ListObjectsV2CommandInput>) =>
  s3.client.send(new ListObjectsV2Command({ Bucket, ...more }));

/** All keys and prefixes, page after page, and how many pages. */
async function listAll(more: Partial<ListObjectsV2CommandInput>): Promise<{ names: string[]; pages: number }> {
  const names: string[] = [];
  let pages = 0;
  for await (const page of paginateListObjectsV2({ client: s3.client }, { Bucket, ...more })) {
    const inPage = [
      ...(page.Contents ?? []).map(({ Key }) => Key),
      ...(page.CommonPrefixes ?? []).map((p) => p.Prefix),
    ];
    names.push(...inPage.map(String));
    pages++;
    expect(page.KeyCount).toBe(inPage.length);
    if (page.IsTruncated) expect(inPage.length).toBe(page.MaxKeys);
  }
  return { names, pages };
}

describe('ListObjectsV2', () => {
  it('lists in the order of the bytes of keys', async () => {
    expect((await list({})).Contents?.map(({ Key }) => Key)).toEqual(inOrder(KEYS));
  });

  it('groups keys by a delimiter', async () => {
    const { Contents, CommonPrefixes } = await list({ Prefix: 'lst/', Delimiter: '/' });

    expect(CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(['lst/d0/', 'lst/d1/', 'lst/d2/']);
    expect(Contents?.map(({ Key }) => Key)).toEqual(
      ['B', 'Z', 'a', 'd1', '~', 'é', '\u{fffd}', '\u{1f600}'].map((name) => `lst/${name}`),
    );
  });

  it('goes from page to page without loss or repetition', async () => {
    const wanted = inOrder(KEYS.filter((key) => key.startsWith('lst/')));

    expect(await listAll({ Prefix: 'lst/', MaxKeys: 7 })).toEqual({
      names: wanted,
      pages: Math.ceil(wanted.length / 7),
    });
    const grouped = await listAll({ Prefix: 'lst/', Delimiter: '/', MaxKeys: 2 });
    expect(inOrder(grouped.names)).toEqual(inOrder(new Set(grouped.names)));
    expect(grouped.names).toHaveLength(11);
  });

  it('starts after a key, which need not exist', async () => {
    const keysAfter = async (StartAfter: string) => {
      const { Contents } = await list({ Prefix: 'lst/', StartAfter });
      return Contents?.[0]?.Key;
    };

    expect(await keysAfter('lst/d2/f14')).toBe('lst/~');
    expect(await keysAfter('lst/d2/f13x')).toBe('lst/d2/f14');
    expect(await keysAfter('a')).toBe('lst/B');
  });

  it('escapes keys as URLs when asked', async () => {
    const { Contents, EncodingType } = await list({ Prefix: 'lst/é', EncodingType: 'url' });

    expect(EncodingType).toBe('url');
    expect(Contents?.[0]?.Key).toBe('lst/%C3%A9');
  });

  it('answers nothing to max-keys 0, and refuses what makes no sense', async () => {
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
    await expectFailure(list({ ContinuationToken: '*' }), 400, 'InvalidArgument');
    await expectFailure(s3.client.send(new ListObjectsV2Command({ Bucket: 'no-such' })), 404, 'NoSuchBucket');
  });

  it('agrees with a plain calculation for any prefix, delimiter and page size', async () => {
    const prefixes = fc.constantFrom('', 'l', 'lst', 'lst/', 'lst/d', 'lst/d1', 'lst/d1/', 'x', 'lst/\u{1f600}');
    const delimiters = fc.constantFrom(undefined, '/', 'd', 't/', '1/f');
    await fc.assert(
      fc.asyncProperty(prefixes, delimiters, fc.integer({ min: 1, max: 9 }), async (Prefix, Delimiter, MaxKeys) => {
        const expected = KEYS.filter((key) => key.startsWith(Prefix)).map((key) => {
          const end = Delimiter === undefined ? -1 : key.indexOf(Delimiter, Prefix.length);
          return end < 0 ? `key ${key}` : `prefix ${key.slice(0, end + (Delimiter ?? '').length)}`;
        });
        const names: string[] = [];
        const input = { Bucket, Prefix, MaxKeys, ...(Delimiter !== undefined && { Delimiter }) };
        for await (const page of paginateListObjectsV2({ client: s3.client }, input)) {
          names.push(...(page.Contents ?? []).map(({ Key }) => `key ${Key}`));
          names.push(...(page.CommonPrefixes ?? []).map((common) => `prefix ${common.Prefix}`));
        }

        expect(inOrder(names)).toEqual(inOrder(new Set(expected)));
      }),
      { numRuns: 40 },
    );
  });
});
