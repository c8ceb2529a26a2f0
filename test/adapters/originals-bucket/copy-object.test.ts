import { setTimeout as pause } from 'node:timers/promises';
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyObject } from '../../../lambda/adapters/originals-bucket/copy-object.ts';
import type { BucketFixture } from '../bucket-fixture.ts';
import { startBucketFixture } from '../bucket-fixture.ts';

const MIB = 2 ** 20;
const Bucket = 'originals';
const FROM = 'media/a/from, é.bin';
const TO = 'media/b/to.bin';

/** Three parts and a bit, no two bytes beside each other alike. */
const BYTES = Buffer.from(Uint8Array.from({ length: 15 * MIB + 77 }, (_, index) => (index * 7919) >>> 5));
const BOUNDS = { partBytes: 5 * MIB, timeout: 20_000 };

let buckets: BucketFixture;
/** Milliseconds that the storage takes for each byte that it copies within one call. */
let slowness = 0;
/** Calls of the client, by their names. */
let calls: string[] = [];

beforeAll(async () => {
  buckets = await startBucketFixture({ versioned: true }, Bucket);
  slowDown(buckets.client);
  await buckets.client.send(
    new PutObjectCommand({ Bucket, Key: FROM, Body: BYTES, ContentType: 'video/mp4', Metadata: { own: 'kept' } }),
  );
});
afterAll(() => buckets?.close());
beforeEach(() => {
  slowness = 0;
  calls = [];
});

/** The storage's own time for a copy, which its caller waits for, comes before the call of the real one. */
function slowDown(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (given) => {
      const { commandName = '' } = context as { readonly commandName?: string };
      calls.push(commandName);
      const input = given.input as { readonly CopySourceRange?: string };
      if (commandName === 'CopyObjectCommand') await pause(slowness * BYTES.length);
      if (commandName === 'UploadPartCopyCommand') await pause(slowness * bytesOf(input.CopySourceRange));
      return next(given);
    },
    { step: 'initialize' },
  );
}

const bytesOf = (range = ''): number => {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
  return Number(last) - Number(first) + 1;
};

const copy = (to: string, { timeout = BOUNDS.timeout, ...more }: { timeout?: number; size?: number } = {}) =>
  copyObject(buckets.client, Bucket, { from: FROM, to, size: BYTES.length, ...more }, { ...BOUNDS, timeout });

/** What a bucket has under a key, parts that nobody put together included. */
async function traces(Key: string): Promise<number> {
  const versions = await buckets.client.send(new ListObjectVersionsCommand({ Bucket, Prefix: Key }));
  const uploads = await buckets.client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  return [versions.Versions, versions.DeleteMarkers, uploads.Uploads].flatMap((found) => found ?? []).length;
}

describe('a copy of an object that is larger than a part', () => {
  it('has the bytes of the source and what is stored with them', async () => {
    await copy(TO);
    const { Body, ContentType, Metadata } = await buckets.client.send(new GetObjectCommand({ Bucket, Key: TO }));

    expect(Buffer.compare(BYTES, (await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(0);
    expect({ ContentType, Metadata }).toEqual({ ContentType: 'video/mp4', Metadata: { own: 'kept' } });
    expect(await traces(TO)).toBe(1);
    expect(calls.filter((name) => name === 'UploadPartCopyCommand')).toHaveLength(4);
  });

  it('takes as long as one part, where the storage is slow', async () => {
    // Two seconds for a part, six for the whole, which has four.
    slowness = 2000 / BOUNDS.partBytes;

    await copy('media/slow.bin', { timeout: 5000 });

    expect(await traces('media/slow.bin')).toBe(1);
  });

  it('is not there at all when the storage is too slow for its parts too', async () => {
    slowness = 4000 / BOUNDS.partBytes;

    await expect(copy('media/late.bin', { timeout: 1500 })).rejects.toMatchObject({ code: 'busy' });
    await pause(4000);

    expect(calls).toContain('AbortMultipartUploadCommand');
    expect(calls).not.toContain('CompleteMultipartUploadCommand');
    expect(await traces('media/late.bin')).toBe(0);
  });

  it('does not take the place of an object that has the key, where it may not', async () => {
    await buckets.client.send(new PutObjectCommand({ Bucket, Key: 'media/taken.bin', Body: 'first' }));
    const taking = copyObject(
      buckets.client,
      Bucket,
      { from: FROM, to: 'media/taken.bin', size: BYTES.length, onlyNew: true },
      BOUNDS,
    );

    await expect(taking).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect(await traces('media/taken.bin')).toBe(1);
  });

  it('of a source that is missing begins nothing', async () => {
    const missing = { from: 'media/none.bin', to: 'media/of-none.bin', size: BYTES.length };

    await expect(copyObject(buckets.client, Bucket, missing, BOUNDS)).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(calls).toEqual(['GetObjectCommand']);
  });
});

it('an object of one part, or one that might have been larger, is copied with one call', async () => {
  await copyObject(buckets.client, Bucket, { from: FROM, to: 'media/one.bin', size: BYTES.length });
  expect(calls).toEqual(['CopyObjectCommand']);

  const bounds = { partBytes: 16 * MIB, timeout: 20_000 };
  await copyObject(buckets.client, Bucket, { from: FROM, to: 'media/less.bin', size: 5e9 }, bounds);
  expect(calls).toEqual(['CopyObjectCommand', 'GetObjectCommand', 'CopyObjectCommand']);
});
