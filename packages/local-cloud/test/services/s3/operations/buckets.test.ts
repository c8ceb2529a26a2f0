import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeletePublicAccessBlockCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
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
  it('that has no effect here is kept as it was sent', async () => {
    const Policy = '{"Version":"2012-10-17","Statement":[]}';
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
    await s3.client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    await s3.client.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
    const readBlock = () => s3.client.send(new GetPublicAccessBlockCommand({ Bucket }));

    expect((await s3.client.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    expect(await readBlock()).toMatchObject({ PublicAccessBlockConfiguration });
    await s3.client.send(new DeletePublicAccessBlockCommand({ Bucket }));
    await expectFailure(readBlock(), 404, 'NoSuchPublicAccessBlockConfiguration');
  });

  it('takes lifecycle rules that are run, and refuses others', async () => {
    const put = (Rules: object[]) =>
      s3.client.send(
        new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: Rules as never } }),
      );
    const rule = { ID: 'x', Status: 'Enabled', Filter: { Prefix: 't/' } };
    await put([{ ...rule, Expiration: { Days: 1 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }]);

    const { Rules } = await s3.client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    expect(Rules).toMatchObject([
      { Filter: { Prefix: 't/' }, Expiration: { Days: 1 } },
      { Filter: { Prefix: 't/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } },
    ]);
    await expectFailure(put([{ ...rule, Expiration: { Date: new Date() } }]), 501, 'NotImplemented');
    await expectFailure(put([{ ...rule, Expiration: { Days: 0 } }]), 400, 'InvalidArgument');
  });

  it('takes events to EventBridge, and refuses other targets', async () => {
    const put = (NotificationConfiguration: object) =>
      s3.client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
    await put({ EventBridgeConfiguration: {} });

    const answer = await s3.client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(answer.EventBridgeConfiguration).toEqual({});
    const QueueConfigurations = [{ QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:q', Events: ['s3:ObjectCreated:*'] }];
    await expectFailure(put({ QueueConfigurations }), 501, 'NotImplemented');
  });
});
