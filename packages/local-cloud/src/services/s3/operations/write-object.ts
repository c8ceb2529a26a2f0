import { readBodyChecks } from '../body/body-checks.ts';
import { checksumHeaders } from '../body/checksums.ts';
import { writeCheck } from '../conditions.ts';
import { s3Error } from '../errors.ts';
import { readObjectHeaders, readTaggingHeader, versionHeader } from '../object-headers.ts';
import { requireChecksum } from '../object-lock.ts';
import { receiveBlob } from '../receive.ts';
import type { S3Answer, S3Request } from '../request.ts';
import type { S3Services } from '../services.ts';
import { actorOf } from './operation.ts';

/** PutObject. What can be refused is refused before the body is read, the conditions once more in the transaction. */
export async function writeObject(services: S3Services, request: S3Request): Promise<S3Answer> {
  const { bucket, key, headers } = request;
  const stored = { headers: readObjectHeaders(headers), tags: readTaggingHeader(headers['x-amz-tagging']) };
  requireChecksum(headers, services.buckets.require(bucket).retention !== undefined);
  const check = writeCheck(headers);
  check?.(services.objects.latest(bucket, key));
  const checks = readBodyChecks(headers, request.payloadHash);
  if (checks.length === undefined) throw s3Error('MissingContentLength');
  const received = await receiveBlob(services.blobs, request.body, checks);
  const version = services.store.put({
    ...{ bucket, key, content: { ...received, ...stored } },
    ...{ reason: 'PutObject', actor: actorOf(request), ...(check && { check }) },
  });
  return {
    status: 200,
    headers: { etag: `"${version.etag}"`, ...versionHeader(version), ...checksumHeaders(received.checksum) },
  };
}
