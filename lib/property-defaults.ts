import type { IPropertyInjector } from 'aws-cdk-lib';
import { RemovalPolicy } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { BucketProps } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * What holds for every resource of a kind, so that no call site can forget it. A call site may still say otherwise; the
 * guards then speak up.
 * @param retainData whether data outlive their stacks
 */
export function propertyDefaults(retainData: boolean): IPropertyInjector[] {
  const removalPolicy = retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
  return [
    defaultsFor(Bucket.PROPERTY_INJECTION_ID, { ...PRIVATE_BUCKET, removalPolicy }),
    defaultsFor(TableV2.PROPERTY_INJECTION_ID, { removalPolicy, deletionProtection: retainData }),
    defaultsFor(Key.PROPERTY_INJECTION_ID, { removalPolicy }),
    defaultsFor(Secret.PROPERTY_INJECTION_ID, { removalPolicy }),
    defaultsFor(LogGroup.PROPERTY_INJECTION_ID, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  ];
}

const PRIVATE_BUCKET: BucketProps = {
  encryption: BucketEncryption.S3_MANAGED,
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
};

function defaultsFor(constructUniqueId: string, defaults: object): IPropertyInjector {
  return { constructUniqueId, inject: (given) => ({ ...defaults, ...given }) };
}
