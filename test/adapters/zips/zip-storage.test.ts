import { buffer } from 'node:stream/consumers';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zipStorage } from '../../../lambda/adapters/zips/zip-storage.ts';
import type { ZipMember } from '../../../lambda/core/library/zips/zip-storage.ts';
import { readZip } from '../../core/library/zips/read-zip.ts';
import type { BucketFixture } from '../bucket-fixture.ts';
import { startBucketFixture } from '../bucket-fixture.ts';

/* ZIPs in a real bucket: what of them is there when they are written, and when their members break off. */
let buckets: BucketFixture;

beforeAll(async () => {
  buckets = await startBucketFixture('zips');
});
afterAll(() => buckets.close());

const MB = 2 ** 20;

async function* pieces(count: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(MB, index % 251);
}

async function* member(count: number): AsyncGenerator<ZipMember> {
  yield { name: 'a.bin', modifiedAt: '2026-11-29T10:20:30.000Z', bytes: pieces(count) };
}

async function* breaksOff(count: number): AsyncGenerator<ZipMember> {
  yield* member(count);
  throw new Error('The members broke off.');
}

const storage = () => zipStorage(buckets.client, 'zips');
const unfinished = async () =>
  (await buckets.client.send(new ListMultipartUploadsCommand({ Bucket: 'zips' }))).Uploads ?? [];

async function written(key: string) {
  const answer = await fetch(await storage().sign(key, 60));
  expect(answer.headers.get('content-type')).toBe('application/zip');
  return readZip(Buffer.from(await answer.arrayBuffer()));
}

describe('a ZIP that is stored', () => {
  it.each([
    ['less than a part', 1],
    ['several parts', 20],
  ])('has its members whole, of %s', async (_, count) => {
    await storage().write(`${count}.zip`, 'a.zip', member(count));

    const [only, ...others] = await written(`${count}.zip`);
    expect([only?.name, others]).toEqual(['a.bin', []]);
    // Megabytes are compared at once; an assertion would look at each byte.
    expect(only?.bytes.equals(await buffer(pieces(count)))).toBe(true);
    expect(await unfinished()).toEqual([]);
  });
});

describe('a ZIP whose members break off', () => {
  it.each([0, 20])('leaves neither an object nor parts, after %s MB', async (count) => {
    const before = await buckets.keys('zips');

    await expect(storage().write('broken.zip', 'a.zip', breaksOff(count))).rejects.toThrow('broke off');
    expect(await buckets.keys('zips')).toEqual(before);
    expect(await unfinished()).toEqual([]);
  });
});
