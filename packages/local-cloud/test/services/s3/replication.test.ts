import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplicationFate } from '../../../src/services/s3/replication.ts';
import { S3Fixture } from './s3-fixture.ts';

const COPY = { Bucket: 'copy' };
let fate: ReplicationFate = { lag: 0, fails: false };
let s3: S3Fixture;

beforeEach(async () => {
  fate = { lag: 0, fails: false };
  const rule = { prefix: 'media/', destination: COPY.Bucket, deleteMarkers: true };
  s3 = new S3Fixture('source', { versioned: true, replications: [rule] }, { fateOfReplication: () => fate });
  await s3.start();
  s3.server.ensureBucket({ name: COPY.Bucket, versioned: true, eventBridge: false });
});

afterEach(() => s3.remove());

const versionsOfCopy = async () => {
  const { Versions = [], DeleteMarkers = [] } = await s3.client.send(new ListObjectVersionsCommand(COPY));
  return [...Versions, ...DeleteMarkers].map(({ VersionId }) => VersionId);
};

const statusOf = async (Key: string) => (await s3.head(Key)).ReplicationStatus;

describe('a version under the prefix of a rule', () => {
  it('comes to the other bucket with its id, bytes, type, metadata and tags', async () => {
    const given = { ContentType: 'image/png', Metadata: { by: 'me' }, Tagging: 'a=b' };
    const { VersionId } = await s3.put('media/1.png', 'bytes', given);

    await expect.poll(() => statusOf('media/1.png')).toBe('COMPLETED');
    const copy = await s3.client.send(new GetObjectCommand({ ...COPY, Key: 'media/1.png' }));
    expect(copy).toMatchObject({ VersionId, ContentType: 'image/png', Metadata: { by: 'me' }, TagCount: 1 });
    expect([await copy.Body?.transformToString(), copy.ReplicationStatus]).toEqual(['bytes', 'REPLICA']);
  });

  it('is followed by newer ones in their order, and by delete markers', async () => {
    await s3.put('media/1.png', 'old');
    await s3.put('media/1.png', 'new');
    const { VersionId } = await s3.client.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'media/1.png' }));

    await expect.poll(versionsOfCopy).toContain(VersionId);
    expect(await versionsOfCopy()).toHaveLength(3);
    const { Versions = [] } = await s3.client.send(new ListObjectVersionsCommand(COPY));
    const newest = { ...COPY, Key: 'media/1.png', VersionId: Versions[0]?.VersionId };
    expect(await (await s3.client.send(new GetObjectCommand(newest))).Body?.transformToString()).toBe('new');
  });

  it('stays in the other bucket when it is deleted by its id', async () => {
    const { VersionId } = await s3.put('media/1.png', 'bytes');
    await expect.poll(() => statusOf('media/1.png')).toBe('COMPLETED');
    await s3.client.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'media/1.png', VersionId }));

    expect(await versionsOfCopy()).toEqual([VersionId]);
  });

  it('waits no longer than it is told when the clock is put back', async () => {
    fate = { lag: 300, fails: false };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 });
    await s3.put('media/1.png', 'bytes').finally(() => vi.useRealTimers());

    await expect.poll(() => statusOf('media/1.png')).toBe('COMPLETED');
  });

  it('waits for as long as it is told, over a restart too', async () => {
    fate = { lag: 600, fails: false };
    await s3.put('media/1.png', 'bytes');

    expect([await statusOf('media/1.png'), await versionsOfCopy()]).toEqual(['PENDING', []]);
    await s3.restart();
    s3.server.startEvents();
    await expect.poll(() => statusOf('media/1.png'), { timeout: 5000 }).toBe('COMPLETED');
    expect(await versionsOfCopy()).toHaveLength(1);
  });

  it('fails where it is told to, and is not tried again', async () => {
    fate = { lag: 0, fails: true };
    await s3.put('media/1.png', 'bytes');
    await expect.poll(() => statusOf('media/1.png')).toBe('FAILED');
    fate = { lag: 0, fails: false };
    await s3.put('media/2.png', 'bytes');

    await expect.poll(() => statusOf('media/2.png')).toBe('COMPLETED');
    expect([await statusOf('media/1.png'), (await versionsOfCopy()).length]).toEqual(['FAILED', 1]);
  });
});

it('a version outside of every prefix is not replicated', async () => {
  await s3.put('uploads/1', 'bytes');

  expect([await statusOf('uploads/1'), await versionsOfCopy()]).toEqual([undefined, []]);
});

it('a bucket that is not there or not versioned gets nothing', async () => {
  s3.server.ensureBucket({ name: COPY.Bucket, versioned: false, eventBridge: false });
  await s3.put('media/1.png', 'bytes');

  await expect.poll(() => statusOf('media/1.png')).toBe('FAILED');
});

it('a copy that somebody makes of a replica is an object of its own', async () => {
  await s3.put('media/1.png', 'bytes');
  await expect.poll(() => statusOf('media/1.png')).toBe('COMPLETED');
  const own = { Bucket: 'source', Key: 'back.png' };
  await s3.client.send(new CopyObjectCommand({ ...own, CopySource: 'copy/media/1.png' }));

  expect((await s3.client.send(new HeadObjectCommand(own))).ReplicationStatus).toBeUndefined();
});
