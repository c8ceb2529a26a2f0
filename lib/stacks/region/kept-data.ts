import { CfnOutput } from 'aws-cdk-lib';
import type { UploadReceiver } from '../../constructs/api/upload-receiver.ts';
import { AuditBucket } from '../../constructs/audit/audit-bucket.ts';
import { AuditMirror } from '../../constructs/audit/audit-mirror.ts';
import { AuditSeals } from '../../constructs/audit/audit-seals.ts';
import { CustomerBackup } from '../../constructs/backup/customer-backup.ts';
import type { ImageTransformer } from '../../constructs/delivery/image-transformer.ts';
import { BucketEmptying } from '../../constructs/storage/bucket-emptying.ts';
import type { DeploymentKeys } from './deployment-keys.ts';
import { AUDIT_BUCKET_OUTPUT } from './region-outputs.ts';
import type { RegionScope } from './region-scope.ts';
import type { Stores } from './stores.ts';

/** Buckets that go with the stack: variants are made again; originals stay unless the owner said otherwise. */
export function emptyWithStack(
  { stack, config, code }: RegionScope,
  { originals, variants }: Stores,
  { transformer, receiver }: { readonly transformer: ImageTransformer; readonly receiver: UploadReceiver | undefined },
): void {
  new BucketEmptying(stack, 'Emptying', {
    code: code.handler('empty-buckets'),
    buckets: [
      variants.bucket,
      ...(config.retainData ? [] : [originals.bucket]),
      ...(receiver ? [receiver.codeBucket] : []),
    ],
    writers: [transformer],
  });
}

/** A copy of everything that cannot be made again, in a bucket of the customer's. */
export function backUp(
  { stack, config: { name, profile, backup }, code }: RegionScope,
  { originals, library, accounts, audit }: Stores,
): void {
  const destination = backup?.destinations[stack.region];
  if (!backup || !destination) return;
  new CustomerBackup(stack, 'Backup', {
    ...{ deployment: name, code, destination, timeControl: backup.timeControl },
    ...{ originals, library, accounts, audit },
    hasAlarms: profile === 'guarded',
  });
}

/** A copy of the audit log that nobody can change, and signatures of its ends. */
export function proveLog(
  { stack, config, code }: RegionScope,
  { audit }: Stores,
  { sealKey }: DeploymentKeys,
): AuditBucket {
  const bucket = new AuditBucket(stack, 'AuditCopy', { lock: config.auditLock });
  const proof = { deployment: config.name, audit, bucket };
  const hasAlarms = config.profile === 'guarded';
  new AuditMirror(stack, 'AuditMirror', { ...proof, code: code.handler('mirror-audit'), hasAlarms });
  if (sealKey) new AuditSeals(stack, 'AuditSeals', { ...proof, code: code.handler('seal-audit'), key: sealKey });
  new CfnOutput(stack, AUDIT_BUCKET_OUTPUT, { value: bucket.bucket.bucketName });
  return bucket;
}
