import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  PutBucketCorsCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { expectFailure, REGION, useS3 } from '../s3-fixture.ts';

const s3 = useS3('buckets');
const Bucket = s3.Bucket;

describe('buckets', () => {
  it('are created, found, listed and deleted', async () => {
    await s3.client.send(new CreateBucketCommand({ Bucket: 'another-one' }));
    const { Buckets } = await s3.client.send(new ListBucketsCommand({}));
    await s3.client.send(new HeadBucketCommand({ Bucket: 'another-one' }));
    const { LocationConstraint } = await s3.client.send(new GetBucketLocationCommand({ Bucket: 'another-one' }));
    await s3.client.send(new DeleteBucketCommand({ Bucket: 'another-one' }));

    expect(Buckets?.map(({ Name }) => Name)).toEqual(['another-one', 'buckets']);
    expect(LocationConstraint).toBe(REGION);
    await expectFailure(s3.client.send(new HeadBucketCommand({ Bucket: 'another-one' })), 404);
  });

  it('have names as S3 demands, one each', async () => {
    for (const name of ['UPPER', 'ab', '-a-b', '10.0.0.1', 'a..b']) {
      await expectFailure(s3.client.send(new CreateBucketCommand({ Bucket: name })), 400, 'InvalidBucketName');
    }
    await expectFailure(s3.client.send(new CreateBucketCommand({ Bucket })), 409, 'BucketAlreadyOwnedByYou');
  });

  it('are not deleted with objects in them', async () => {
    await s3.put('a', 'x');

    await expectFailure(s3.client.send(new DeleteBucketCommand({ Bucket })), 409, 'BucketNotEmpty');
  });
});

describe('the configuration of a bucket', () => {
  it('comes from the template alone: what would change it over HTTP is not offered', async () => {
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    const CORSConfiguration = { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] };
    for (const call of [
      () => s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy })),
      () => s3.client.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration })),
      () => s3.client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} })),
      () => s3.client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    ]) {
      await expectFailure(call(), 501, 'NotImplemented');
    }
    await expectFailure(s3.client.send(new ListObjectsCommand({ Bucket })), 405, 'MethodNotAllowed');
  });
});
