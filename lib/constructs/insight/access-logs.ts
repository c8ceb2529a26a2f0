import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { ACCESS_LOG_FIELDS } from './access-log-fields.ts';

/** Days after which a line of the access log is gone. */
const LOG_DAYS = 90;

export interface AccessLogsProps {
  /** Prefix of the deployment's names. */
  readonly deployment: string;
  readonly distributionArn: string;
  /** Of the distribution, within the deployment. @default media */
  readonly name?: string;
}

/**
 * The distribution's access log: CloudFront standard logging, version 2, as Parquet in a bucket of its own, in folders by
 * date that Athena can read. Delivery objects must be in us-east-1 (AWS, "Configure standard logging (v2)").
 */
export class AccessLogs extends Construct {
  readonly bucket: Bucket;
  /** Who read that bucket, for as long. */
  readonly reads: Bucket;

  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    // An app with old feature flags would let S3 write by an ACL, which buckets of ours have none of.
    this.node.setContext(S3_SERVER_ACCESS_LOGS_USE_BUCKET_POLICY, true);
    const log = `${props.deployment}-${props.name ?? 'media'}`;
    const lifecycleRules = [{ id: 'retention', expiration: Duration.days(LOG_DAYS) }];
    this.reads = new Bucket(this, 'Reads', { lifecycleRules });
    const bucket = new Bucket(this, 'Bucket', { lifecycleRules, serverAccessLogsBucket: this.reads as IBucket });
    this.bucket = bucket;
    const source = new CfnDeliverySource(this, 'Source', {
      name: log,
      logType: 'ACCESS_LOGS',
      resourceArn: props.distributionArn,
    });
    const destination = new CfnDeliveryDestination(this, 'Destination', {
      name: log,
      destinationResourceArn: bucket.bucketArn,
      outputFormat: 'parquet',
    });
    const delivery = new CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.ref,
      deliveryDestinationArn: destination.attrArn,
      recordFields: ACCESS_LOG_FIELDS.map(({ name }) => name),
      s3EnableHiveCompatiblePath: true,
      s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}/{HH}',
    });
    this.#letServiceWrite(bucket, log);
    if (bucket.policy) delivery.node.addDependency(bucket.policy);
  }

  /** AWS, "Enable logging from AWS services": bucket policy for delivery to S3, held to our own source. */
  #letServiceWrite(bucket: Bucket, log: string): void {
    const { account, partition, region } = Stack.of(this);
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${account}/*`)],
        conditions: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': account },
          ArnLike: {
            'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:delivery-source:${log}`,
          },
        },
      }),
    );
  }
}
