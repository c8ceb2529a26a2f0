import { type HttpRequestParts, type VerdictCode, verifySignature } from '../../sigv4/verify.ts';
import type { S3Principal } from './configuration.ts';
import { S3Error, type S3ErrorCode, s3Error } from './errors.ts';
import type { Operation } from './operations/operation.ts';
import { readObject } from './operations/read-object.ts';
import type { Target } from './request.ts';
import type { BucketTable } from './store/bucket-table.ts';

const REFUSALS: Readonly<Record<VerdictCode, S3ErrorCode>> = {
  MissingAuthentication: 'AccessDenied',
  InvalidAccessKeyId: 'InvalidAccessKeyId',
  SignatureDoesNotMatch: 'SignatureDoesNotMatch',
  RequestExpired: 'AccessDenied',
  RequestTimeTooSkewed: 'RequestTimeTooSkewed',
  Malformed: 'AuthorizationHeaderMalformed',
};

/** Who signed a request, and what the signature says of its body. */
export interface Signed {
  readonly principal: S3Principal;
  readonly payloadHash: string;
}

/** Checks signatures of requests. @throws S3Error, 403 or, for a signature that cannot be read, 400 */
export function authenticator(principals: ReadonlyMap<string, S3Principal>) {
  const secrets = new Map([...principals].map(([id, principal]) => [id, principal.secretAccessKey]));
  return (request: HttpRequestParts, now: Date): Signed => {
    const verdict = verifySignature(request, secrets, now, { service: 's3' });
    if (!verdict.ok) {
      const plain = verdict.code === 'MissingAuthentication';
      throw s3Error(REFUSALS[verdict.code], plain ? undefined : verdict.message);
    }
    const principal = principals.get(verdict.accessKeyId);
    if (!principal) throw s3Error('InvalidAccessKeyId');
    return { principal, payloadHash: verdict.payloadHash };
  };
}

/**
 * Refuses what a principal may not do. A 'get-only' one may read current objects of buckets that list it; a version, tags
 * and everything else would need further permissions on AWS.
 *
 * @throws S3Error AccessDenied
 */
export function authorize(principal: S3Principal, operation: Operation, target: Target, buckets: BucketTable): void {
  if (principal.access === 'all') return;
  const reads = operation === readObject && !target.query.has('versionId');
  if (!reads || !buckets.require(target.bucket).readers.includes(principal.accessKeyId)) throw s3Error('AccessDenied');
}

/** What a principal learns of a failure: without ListBucket, a missing key looks like one that may not be read. */
export function hideMissingKey(principal: S3Principal, error: unknown): unknown {
  const hidden = principal.access === 'get-only' && error instanceof S3Error && error.code === 'NoSuchKey';
  return hidden ? s3Error('AccessDenied') : error;
}
