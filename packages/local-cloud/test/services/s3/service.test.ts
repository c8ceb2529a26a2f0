import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StartingCloud } from '../../../src/service/starting-cloud.ts';
import { s3 } from '../../../src/services/s3/service.ts';
import type { Credentials } from '../../../src/sigv4/sign.ts';
import { samplePlan, sampleResource } from '../../sample-plan.ts';
import { startingCloud } from '../../service/starting-cloud-fixture.ts';

const READABLE = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject' }],
};

const PLAN = samplePlan(
  sampleResource('AWS::S3::Bucket', 'variants'),
  sampleResource('AWS::S3::Bucket', 'originals'),
  sampleResource('AWS::S3::BucketPolicy', 'policy', { Bucket: 'variants', PolicyDocument: READABLE }),
  sampleResource('AWS::S3::BucketPolicy', 'other', { Bucket: 'originals', PolicyDocument: { Statement: [] } }),
  sampleResource('AWS::Lambda::Function', 'render'),
);

let cloud: StartingCloud;

beforeEach(async () => {
  cloud = await startingCloud(PLAN);
  await s3.start?.(cloud);
});

afterEach(() => cloud.close());

const client = (credentials: Credentials) => {
  const endpoint = cloud.sdkEndpoints.get('S3') ?? '';
  return new S3Client({ endpoint, region: 'eu-west-1', forcePathStyle: true, credentials, maxAttempts: 1 });
};

it('lets functions write, and the CDN read the buckets whose policy lets CloudFront in, and nothing more', async () => {
  const render = client(cloud.principals.functions.get('render') as Credentials);
  const cdn = client(cloud.principals.cdn);
  for (const Bucket of ['variants', 'originals']) {
    await render.send(new PutObjectCommand({ Bucket, Key: 'a', Body: Buffer.from('text') }));
  }

  const read = await cdn.send(new GetObjectCommand({ Bucket: 'variants', Key: 'a' }));

  expect(await read.Body?.transformToString()).toBe('text');
  for (const refused of [
    new GetObjectCommand({ Bucket: 'originals', Key: 'a' }),
    new GetObjectCommand({ Bucket: 'variants', Key: 'missing' }),
  ]) {
    await expect(cdn.send(refused)).rejects.toMatchObject({ name: 'AccessDenied' });
  }
  await expect(
    cdn.send(new PutObjectCommand({ Bucket: 'variants', Key: 'b', Body: Buffer.from('text') })),
  ).rejects.toThrow();
});
