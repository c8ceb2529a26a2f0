import type { S3CompatibleOrigin } from './origin.ts';

/** Base URL of the bucket of a compatible server: below the endpoint's path, or as a part of its host. */
export function bucketUrlOf({ endpoint, bucket, s3ForcePathStyle }: S3CompatibleOrigin): string {
  const { protocol, host, pathname } = new URL(endpoint);
  const path = pathname.replace(/\/+$/, '');
  return s3ForcePathStyle ? `${protocol}//${host}${path}/${bucket}` : `${protocol}//${bucket}.${host}${path}`;
}
