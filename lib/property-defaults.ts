import type { IPropertyInjector } from 'aws-cdk-lib';
import { PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { BucketProps } from 'aws-cdk-lib/aws-s3';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * What holds for every resource of a kind, so that no call site can forget it. A call site may still say otherwise; the
 * guards then speak up.
 * @param retainData whether data outlive their stacks; what a failed first deployment made goes in any case
 * @param deployed names of the stacks that were deployed before. A table of a new stack has no deletion protection:
 *   CloudFormation could not take it back when something else of the stack fails
 */
export function propertyDefaults(retainData: boolean, deployed: readonly string[] = []): IPropertyInjector[] {
  const removalPolicy = retainData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
  const isProtected = (scope: Construct) => retainData && deployed.includes(Stack.of(scope).stackName);
  return [
    defaultsFor(Bucket.PROPERTY_INJECTION_ID, { ...PRIVATE_BUCKET, removalPolicy }),
    {
      constructUniqueId: TableV2.PROPERTY_INJECTION_ID,
      inject: (given, { scope }) => ({
        ...{ removalPolicy, encryption: TableEncryptionV2.awsManagedKey(), deletionProtection: isProtected(scope) },
        ...given,
      }),
    },
    defaultsFor(Key.PROPERTY_INJECTION_ID, { removalPolicy }),
    defaultsFor(Secret.PROPERTY_INJECTION_ID, { removalPolicy }),
    defaultsFor(LogGroup.PROPERTY_INJECTION_ID, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    }),
  ];
}

/**
 * The same for everything below a scope of an app of one's own: buckets are private, encrypted and reached by TLS alone; what holds
 * data outlives its stack; logs end after 90 days. Call it before the constructs are made.
 */
export function useVitrineDefaults(scope: Construct): void {
  PropertyInjectors.of(scope).add(...propertyDefaults(true));
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
