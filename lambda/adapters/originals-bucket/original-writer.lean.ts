import { crc32 } from 'node:zlib';
import { problem } from '../../core/kernel/problems.ts';
import type { Originals } from '../../core/library/originals.ts';
import { s3Objects } from '../signed-http/s3-objects.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { AwsCallError } from '../signed-http/signed-fetch.lean.ts';

/** Milliseconds for one attempt: 50 MB, behind an API call that is cut off after 30 s. */
const TIMEOUT = 20_000;

/** Writes originals. S3 checks the checksum that is sent along (AWS, "Checking object integrity"), so no damaged byte is stored. */
export function originalWriter(environment: Environment, bucket: string): Originals['write'] {
  const objects = s3Objects(environment, bucket, { put: TIMEOUT });
  return async ({ objectKey, contentType }, bytes) => {
    const headers = { 'content-type': contentType, 'x-amz-checksum-crc32': checksumOf(bytes) };
    await objects.put(objectKey, bytes, headers).catch(explainFullDisk);
  };
}

/** Base64 of the CRC's four bytes, the highest first. */
function checksumOf(bytes: Uint8Array): string {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(bytes));
  return checksum.toString('base64');
}

/** How the local S3 says that the machine has no room; Amazon's never does. */
function explainFullDisk(cause: unknown): never {
  if (!(cause instanceof AwsCallError) || cause.awsCode !== 'InsufficientStorage') throw cause;
  throw problem('storage.full', 'The disk of the machine that keeps the originals is full. Nothing was stored.', {
    cause,
  });
}
