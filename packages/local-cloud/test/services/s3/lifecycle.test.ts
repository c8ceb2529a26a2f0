import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { S3ObjectEvent } from '../../../src/services/s3/server.ts';
import { S3Fixture } from './s3-fixture.ts';

const DAY = 86_400_000;
let offset = 0;
let events: S3ObjectEvent[] = [];
let s3: S3Fixture;

const now = () => new Date(Date.now() + offset);
/** The SDK must sign with the time of the server. */
const later = async (days: number) => {
  offset += days * DAY;
  await s3.restart();
  s3.client.config.systemClockOffset = offset;
};

beforeEach(() => {
  offset = 0;
  events = [];
});

afterEach(() => s3.remove());

const onEvent = async (event: S3ObjectEvent) => {
  events.push(event);
};

async function keysLeft(): Promise<(string | undefined)[]> {
  const { Contents = [] } = await s3.client.send(new ListObjectsV2Command({ Bucket: s3.Bucket }));
  return Contents.map(({ Key }) => Key);
}

describe('lifecycle rules', () => {
  it('end objects under their prefix after their days, and tell of it', async () => {
    const expirations = [{ prefix: 'uploads/', days: 1 }];
    s3 = new S3Fixture('expire', { eventBridge: true, expirations }, { now, onEvent });
    await s3.start();
    await s3.put('uploads/old', 'x');
    await s3.put('media/old', 'x');
    await later(0.9);
    const before = await keysLeft();
    await s3.put('uploads/new', 'x');

    await later(0.2);
    s3.server.startEvents();

    expect(before).toEqual(['media/old', 'uploads/old']);
    expect(await keysLeft()).toEqual(['media/old', 'uploads/new']);
    await expect.poll(() => events).toHaveLength(4);
    expect(events.find((event) => event['detail-type'] === 'Object Deleted')?.detail).toMatchObject({
      object: { key: 'uploads/old' },
      reason: 'Lifecycle Expiration',
      'deletion-type': 'Permanently Deleted',
    });
  });

  it('put a delete marker in a versioned bucket, and end versions that are no longer current', async () => {
    const configuration = {
      versioned: true,
      expirations: [{ prefix: 'a', days: 10 }],
      noncurrentExpirations: [{ prefix: '', days: 3 }],
    };
    s3 = new S3Fixture('noncurrent', configuration, { now });
    await s3.start();
    await s3.put('a', 'one');
    await s3.put('b', 'one');
    const { VersionId } = await s3.put('b', 'two');
    const versions = () =>
      s3.versions().toSorted((one, other) => Number(one.isDeleteMarker) - Number(other.isDeleteMarker));

    await later(2);
    expect(versions()).toHaveLength(3);
    await later(2);
    expect(versions().map(({ Key }) => Key)).toEqual(['a', 'b']);
    await later(7);
    expect(await keysLeft()).toEqual(['b']);
    await later(4);

    expect(versions()).toMatchObject([
      { Key: 'b', VersionId },
      { Key: 'a', IsLatest: true },
    ]);
  });

  it('end uploads that nobody completed, with their parts', async () => {
    s3 = new S3Fixture('abandoned', { uploadExpirations: [{ prefix: 'up', days: 2 }] }, { now });
    await s3.start();
    const { UploadId } = await s3.client.send(new CreateMultipartUploadCommand({ Bucket: s3.Bucket, Key: 'up' }));
    const part = { Bucket: s3.Bucket, Key: 'up', UploadId, PartNumber: 1, Body: 'x' };
    await s3.client.send(new UploadPartCommand(part));
    const uploads = async () => (await s3.client.send(new ListMultipartUploadsCommand({ Bucket: s3.Bucket }))).Uploads;

    await later(1);
    expect(await uploads()).toHaveLength(1);
    await later(2);

    expect(await uploads()).toBeUndefined();
    await expect.poll(() => readdir(join(s3.folder, 'blobs'))).toEqual([]);
  });
});
