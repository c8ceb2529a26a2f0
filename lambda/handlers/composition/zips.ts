import { S3Client } from '@aws-sdk/client-s3';
import { cached } from '../../adapters/cached.lean.ts';
import { signingSecret } from '../../adapters/credentials-secret/signing-secret.lean.ts';
import { zipStorage } from '../../adapters/zips/zip-storage.ts';
import { zippedBytes } from '../../adapters/zips/zipped-bytes.ts';
import type { EdgeDescription } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import type { FetchPinned } from '../../core/delivery/with-pinned.ts';
import type { WriteZipDeps } from '../../core/library/jobs/write-zip.ts';
import { composeMediaPlace } from './media-place.ts';

/** Milliseconds for which the private key is remembered. */
const KEY_MEMORY = 60_000;

/** Where ZIPs are, and what goes into them. @param fetchPinned of functions that may read from origins */
export function composeZips(edge: () => Promise<EdgeDescription>, fetchPinned?: FetchPinned): WriteZipDeps['zips'] {
  const client = new S3Client({});
  const originals = requireEnvironment(ENVIRONMENT.originalsBucket);
  const secret = cached(signingSecret(process.env, requireEnvironment(ENVIRONMENT.credentialsSecret)), KEY_MEMORY);
  return {
    storage: zipStorage(client, originals),
    bytes: zippedBytes(client, originals, {
      mediaHost: composeMediaPlace(edge),
      privateKey: async () => (await secret()).privateKey,
      ...(fetchPinned && { fetchPinned }),
    }),
  };
}
