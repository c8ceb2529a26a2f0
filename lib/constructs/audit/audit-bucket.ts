import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { AUDIT_PREFIXES } from '../../../lambda/contract/audit-bucket.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import type { AuditLock } from '../../config/config-rules.ts';

/** Nobody shortens the first, the account's root neither; the second is for trials. */
const RETENTIONS: Readonly<Record<AuditLock, ObjectLockRetention>> = {
  compliance: ObjectLockRetention.compliance(Duration.days(400)),
  governance: ObjectLockRetention.governance(Duration.days(1)),
};

/**
 * Where a region's audit log is copied to and sealed, out of reach of whoever may write to the table. It outlives its stack
 * whatever the configuration says: S3 deletes no bucket with locked objects.
 */
export class AuditBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { lock }: { readonly lock: AuditLock }) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: RETENTIONS[lock],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  /** Lets a function put events, and what was done to events. */
  grantMirror(fn: LambdaFunction): void {
    this.#grantPut(fn, [AUDIT_PREFIXES.events, AUDIT_PREFIXES.altered]);
  }

  /** Lets a function put seals and public keys, and read the seal before. */
  grantSeal(fn: LambdaFunction): void {
    this.#grantPut(fn, [AUDIT_PREFIXES.seals, AUDIT_PREFIXES.keys]);
    this.grantReadSeals(fn);
  }

  /** Lets a function read seals, and put nothing. */
  grantReadSeals(fn: LambdaFunction): void {
    const seals = `${AUDIT_PREFIXES.seals}*`;
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['s3:GetObject'],
      resourceArns: [this.bucket.arnForObjects(seals)],
    }).assertSuccess();
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['s3:ListBucket'],
      resourceArns: [this.bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': seals } },
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.auditBucket, this.bucket.bucketName);
  }

  #grantPut(fn: LambdaFunction, prefixes: readonly string[]): void {
    const resourceArns = prefixes.map((prefix) => this.bucket.arnForObjects(`${prefix}*`));
    Grant.addToPrincipal({ grantee: fn, actions: ['s3:PutObject'], resourceArns }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.auditBucket, this.bucket.bucketName);
  }
}
