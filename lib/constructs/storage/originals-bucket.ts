import { Duration } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Bucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { RECORD_DAYS, RECORD_FOLDERS, RECORDS_PREFIX } from '../../../lambda/contract/backup.ts';
import { ENVIRONMENT } from '../../../lambda/contract/environment.ts';
import {
  FETCHED_DAYS,
  FETCHED_PREFIX,
  HEALTH_PREFIX,
  MEDIA_PREFIX,
  SETTINGS_SNAPSHOT_KEY,
  UPLOADS_PREFIX,
  ZIPS_PREFIX,
} from '../../../lambda/contract/object-keys.ts';

/** Browsers of any site may send what a URL is signed for; the signature decides, and no cookie is sent along. */
const BYTES_FROM_BROWSERS = {
  allowedMethods: [HttpMethods.PUT, HttpMethods.POST],
  allowedOrigins: ['*'],
  allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
  exposedHeaders: ['ETag'],
  maxAge: 86_400,
};

/** The bucket with the owner's originals: versioned, private, and kept when the stack goes. */
export class OriginalsBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      cors: [BYTES_FROM_BROWSERS],
      lifecycleRules: [
        {
          id: 'uploads-in-flight',
          prefix: UPLOADS_PREFIX,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: 'fetched-from-origins',
          prefix: FETCHED_PREFIX,
          expiration: Duration.days(FETCHED_DAYS),
          noncurrentVersionExpiration: Duration.days(1),
        },
        {
          id: 'zips',
          prefix: ZIPS_PREFIX,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        },
        { id: 'broken-multipart-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    sendEvents(this.bucket);
  }

  /** Lets a function read originals. */
  grantRead(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:GetObject']);
  }

  /** Lets a function read, write, copy and remove originals; in a versioned bucket, removing leaves the bytes. */
  grantReadWrite(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject']);
  }

  /** Lets a function have originals sent in parts by whom it signs URLs for, and put them together. */
  grantParts(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject']);
  }

  /** Lets a function have forms sent by whom it signs them for. */
  grantForms(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:PutObject'], UPLOADS_PREFIX);
  }

  /**
   * Lets a server store files while they arrive, and remove them; it reads none.
   * @returns variables of its environment
   */
  grantReceive(grantee: IGrantable): Record<string, string> {
    Grant.addToPrincipal({
      grantee,
      actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
      resourceArns: [this.bucket.arnForObjects(`${UPLOADS_PREFIX}*`)],
    }).assertSuccess();
    return { [ENVIRONMENT.originalsBucket]: this.bucket.bucketName };
  }

  /** Lets a function make originals of what forms brought. */
  grantKeepForms(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:DeleteObject', 's3:GetObject'], UPLOADS_PREFIX);
    this.#grant(fn, ['s3:AbortMultipartUpload', 's3:PutObject']);
  }

  /** Lets a function remove originals with all their older generations. */
  grantErase(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:DeleteObject', 's3:DeleteObjectVersion']);
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['s3:ListBucketVersions'],
      resourceArns: [this.bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${MEDIA_PREFIX}*` } },
    }).assertSuccess();
  }

  /** Lets a function keep what it fetched from origins, and read it back. */
  grantKeepFetched(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:GetObject', 's3:PutObject'], FETCHED_PREFIX);
  }

  /** Lets a function find and remove what was fetched from origins; not read it. */
  grantForgetFetched(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:DeleteObject'], FETCHED_PREFIX);
    Grant.addToPrincipal({
      grantee: fn,
      actions: ['s3:ListBucket'],
      resourceArns: [this.bucket.bucketArn],
      conditions: { StringEquals: { 's3:prefix': FETCHED_PREFIX } },
    }).assertSuccess();
  }

  /** Ends files of changes and snapshots when a newer snapshot has replaced them, and older generations of all records. */
  keepRecordsForDays(): void {
    const days = Duration.days(RECORD_DAYS);
    this.bucket.addLifecycleRule({ id: 'changes', prefix: RECORD_FOLDERS.changes, expiration: days });
    this.bucket.addLifecycleRule({ id: 'snapshots', prefix: RECORD_FOLDERS.snapshots, expiration: days });
    this.bucket.addLifecycleRule({ id: 'records', prefix: RECORDS_PREFIX, noncurrentVersionExpiration: days });
  }

  /** Lets a function read and write records beside the originals, and remove those of files that are gone. */
  grantKeepRecords(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], RECORDS_PREFIX);
    this.#grantList(fn);
  }

  /** Lets a function list and read what is replicated. */
  grantReplicable(fn: LambdaFunction): void {
    for (const prefix of [MEDIA_PREFIX, RECORDS_PREFIX])
      this.#grant(fn, ['s3:GetObject', 's3:GetObjectTagging'], prefix);
    this.#grantList(fn);
  }

  /** Lets a function put originals that are missing, and see which are there. */
  grantRestore(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:DeleteObjectVersion', 's3:GetObject', 's3:PutObject', 's3:PutObjectTagging']);
    this.#grantList(fn);
  }

  /** Lets a function write ZIPs of originals, and hand them to whom it signs URLs for. */
  grantZips(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'], ZIPS_PREFIX);
  }

  /** Lets a function note when another region did not answer. */
  grantKeepHealth(fn: LambdaFunction): void {
    this.#grant(fn, ['s3:GetObject', 's3:PutObject'], HEALTH_PREFIX);
  }

  /** Lets a function keep a snapshot of the account's settings. */
  grantKeepSettings(fn: LambdaFunction): void {
    this.#grantSnapshot(fn, 's3:PutObject');
  }

  /** Lets a function read that snapshot. */
  grantReadSettings(fn: LambdaFunction): void {
    this.#grantSnapshot(fn, 's3:GetObject');
  }

  #grantSnapshot(fn: LambdaFunction, action: string): void {
    const resourceArns = [this.bucket.arnForObjects(SETTINGS_SNAPSHOT_KEY)];
    Grant.addToPrincipal({ grantee: fn, actions: [action], resourceArns }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.originalsBucket, this.bucket.bucketName);
  }

  /** Without it S3 denies what is not there. */
  #grantList(fn: LambdaFunction): void {
    const resourceArns = [this.bucket.bucketArn];
    Grant.addToPrincipal({ grantee: fn, actions: ['s3:ListBucket'], resourceArns }).assertSuccess();
  }

  #grant(fn: LambdaFunction, actions: string[], prefix = MEDIA_PREFIX): void {
    Grant.addToPrincipal({
      grantee: fn,
      actions,
      resourceArns: [this.bucket.arnForObjects(`${prefix}*`)],
    }).assertSuccess();
    fn.addEnvironment(ENVIRONMENT.originalsBucket, this.bucket.bucketName);
  }
}

/** `eventBridgeEnabled` would deploy a custom resource with a function of its own for the same setting. */
function sendEvents(bucket: Bucket): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
