import { randomUUID } from 'node:crypto';
import type { Actor } from './events.ts';
import { isLocked } from './object-lock.ts';
import { ALL_VERSIONS } from './operations/listing.ts';
import { endUpload } from './operations/multipart-uploads.ts';
import type { S3Services } from './services.ts';
import type { Bucket } from './store/bucket-table.ts';
import type { ObjectVersion } from './store/object-version.ts';

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Ends what the lifecycle rules of all buckets say is too old. */
export function runLifecycle(services: S3Services): void {
  for (const bucket of services.buckets.all()) {
    expireCurrent(services, bucket);
    expireNoncurrent(services, bucket);
    expireUploads(services, bucket);
  }
}

function expireCurrent(services: S3Services, bucket: Bucket): void {
  for (const { prefix, days } of bucket.lifecycle.expirations) {
    const limit = services.now().getTime() - days * DAY_MS;
    for (const version of currentUnder(services, bucket, prefix)) {
      if (version.modified > limit) continue;
      services.store.remove({ bucket: bucket.name, key: version.key, reason: 'Lifecycle Expiration', actor: actor() });
    }
  }
}

function* currentUnder(services: S3Services, bucket: Bucket, prefix: string): Generator<ObjectVersion> {
  let position = { key: Buffer.from(prefix), belowSequence: ALL_VERSIONS };
  for (;;) {
    const batch = services.objects.scan(bucket.name, position, 'current', BATCH);
    for (const version of batch) {
      if (!version.key.startsWith(prefix)) return;
      yield version;
    }
    const last = batch.at(-1);
    if (!last) return;
    position = { key: Buffer.from(last.key), belowSequence: 0 };
  }
}

function expireNoncurrent(services: S3Services, bucket: Bucket): void {
  for (const { prefix, days } of bucket.lifecycle.noncurrentExpirations) {
    const limit = services.now().getTime() - days * DAY_MS;
    for (const version of services.objects.replacedBefore(bucket.name, prefix, limit)) {
      if (isLocked(version, services.now())) continue;
      const { key, versionId } = version;
      services.store.remove({ bucket: bucket.name, key, versionId, reason: 'Lifecycle Expiration', actor: actor() });
    }
  }
}

function expireUploads(services: S3Services, bucket: Bucket): void {
  for (const { prefix, days } of bucket.lifecycle.uploadExpirations) {
    const limit = services.now().getTime() - days * DAY_MS;
    for (const upload of services.uploads.startedBefore(bucket.name, limit)) {
      if (upload.key.startsWith(prefix) && !services.completing.has(upload.id)) endUpload(services, upload);
    }
  }
}

function actor(): Actor {
  return { requestId: randomUUID(), requester: 's3.amazonaws.com' };
}
