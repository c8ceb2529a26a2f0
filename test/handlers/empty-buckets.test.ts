import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BucketFixture, startBucketFixture } from '../adapters/bucket-fixture.ts';
import { type CustomResourceHandler, callCustomResource } from './custom-resource-call.ts';

/* The handler with the real SDK, an S3 server with versions, and a server where CloudFormation would wait. */
let buckets: BucketFixture;
let handler: CustomResourceHandler;

beforeAll(async () => {
  buckets = await startBucketFixture({ versioned: true }, 'originals', 'variants');
  for (const [name, value] of Object.entries(buckets.environment)) vi.stubEnv(name, value);
  ({ handler } = await import('../../lambda/handlers/empty-buckets.ts'));
});

afterAll(() => buckets.close());

const send = (requestType: 'Create' | 'Delete', milliseconds?: number) =>
  callCustomResource(handler, {
    requestType,
    properties: { Buckets: ['originals', 'variants'] },
    ...(milliseconds !== undefined && { milliseconds }),
  });

const put = (Bucket: string, Key: string) => buckets.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));

async function versionsIn(Bucket: string): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = await buckets.client.send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.length + DeleteMarkers.length;
}

describe('emptying buckets for CloudFormation', () => {
  it('deletes nothing when the stack is made', async () => {
    await put('originals', 'media/a.jpg');

    expect(await send('Create')).toMatchObject([{ method: 'PUT', Status: 'SUCCESS', RequestId: 'r1' }]);
    expect(await versionsIn('originals')).toBe(1);
  });

  it('deletes every version and marker, over several pages, when the stack goes', async () => {
    await put('originals', 'media/a.jpg');
    await buckets.client.send(new DeleteObjectCommand({ Bucket: 'originals', Key: 'media/a.jpg' }));
    for (let start = 0; start < 1050; start += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => put('variants', `v/${start + index}`)));
    }

    expect(await send('Delete')).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'Resource' }]);
    expect([await versionsIn('originals'), await versionsIn('variants')]).toEqual([0, 0]);
  });

  it('says that it goes on next time when the time is over', async () => {
    await put('variants', 'v/1');

    expect(await send('Delete', 10_000)).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining('Delete the stack again') },
    ]);
  });
});
