import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DeleteObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BucketFixture, startBucketFixture } from '../adapters/bucket-fixture.ts';

/* The handler with the real SDK, an S3 server with versions, and a server where CloudFormation would wait. */
let buckets: BucketFixture;
let answers: Record<string, unknown>[];
let handler: (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

const waiting = createServer((request, response) => {
  request.setEncoding('utf8');
  let body = '';
  request.on('data', (text: string) => (body += text));
  request.on('end', () => {
    answers.push({ method: request.method, ...JSON.parse(body) });
    response.end();
  });
});

beforeAll(async () => {
  buckets = await startBucketFixture({ versioned: true }, 'originals', 'variants');
  for (const [name, value] of Object.entries(buckets.environment)) vi.stubEnv(name, value);
  ({ handler } = await import('../../lambda/handlers/empty-buckets.ts'));
  await new Promise<void>((resolve) => waiting.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  waiting.close();
  await buckets.close();
});

async function send(RequestType: 'Create' | 'Delete', milliseconds = 900_000) {
  answers = [];
  const { port } = waiting.address() as AddressInfo;
  const event = {
    RequestType,
    ResponseURL: `http://127.0.0.1:${port}/?signed`,
    StackId: 'arn:aws:cloudformation:eu-west-1:000000000000:stack/vitrine/1',
    RequestId: 'r1',
    LogicalResourceId: 'EmptyingBuckets',
    ResourceProperties: { ServiceToken: 'arn', Buckets: ['originals', 'variants'] },
  } as unknown as CloudFormationCustomResourceEvent;
  await handler(event, { awsRequestId: 'a1', getRemainingTimeInMillis: () => milliseconds } as Context);
  return answers;
}

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

    expect(await send('Delete')).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'EmptyingBuckets' }]);
    expect([await versionsIn('originals'), await versionsIn('variants')]).toEqual([0, 0]);
  });

  it('says that it goes on next time when the time is over', async () => {
    await put('variants', 'v/1');

    expect(await send('Delete', 10_000)).toMatchObject([
      { Status: 'FAILED', Reason: expect.stringContaining('Delete the stack again') },
    ]);
  });
});
