import { LIMITS } from '../../contract/limits.ts';
import { FETCHED_PREFIX } from '../../contract/object-keys.ts';
import type { StoredOrigin } from '../../core/settings/origins/origin.ts';
import type { OriginCache } from '../../core/settings/origins/origin-cache.ts';
import type { FetchedObject } from '../../core/settings/origins/origin-fetcher.ts';
import type { HttpAnswer } from '../signed-http/http-exchange.lean.ts';
import { escapeKey } from '../signed-http/s3-objects.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { bucketEndpoint } from '../signed-http/service-endpoint.lean.ts';
import { AwsCallError, signedFetch } from '../signed-http/signed-fetch.lean.ts';

/** Milliseconds for one attempt. */
const TIMEOUT = 10_000;

/** Object metadata: the origin's own etag, and whether the object calls itself private. */
const META = {
  etag: 'x-amz-meta-etag',
  isPrivate: 'x-amz-meta-isprivatefile',
  revision: 'x-amz-meta-revision',
} as const;

/** Fetched files below a prefix of the originals bucket, whose lifecycle deletes them after some weeks. */
export function originCache(environment: Environment, bucket: string): OriginCache {
  const call = signedFetch('s3', environment);
  const urlOf = ({ origin }: StoredOrigin, path: string) =>
    `${bucketEndpoint(environment, bucket)}/${escapeKey(`${FETCHED_PREFIX}${origin.id}${path}`)}`;
  return {
    find: async (stored, path) => {
      try {
        return await call(urlOf(stored, path), { method: 'GET', timeout: TIMEOUT }, (answer) =>
          readCached(answer, stored.revision),
        );
      } catch (error) {
        // Without the right to list, S3 denies what is not there.
        if (error instanceof AwsCallError && (error.status === 404 || error.status === 403)) return undefined;
        throw error;
      }
    },
    put: async (stored, path, object) => {
      const headers = {
        [META.etag]: encodeURIComponent(object.etag),
        [META.isPrivate]: String(object.isPrivate),
        [META.revision]: String(stored.revision),
        'content-type': 'application/octet-stream',
      };
      const request = { method: 'PUT', headers, body: object.bytes, timeout: TIMEOUT } as const;
      await call(urlOf(stored, path), request, (answer) => answer.discard());
    },
  };
}

async function readCached(answer: HttpAnswer, revision: number): Promise<FetchedObject | undefined> {
  const { headers } = answer;
  const size = Number(headers['content-length'] ?? 0);
  if (headers[META.revision] !== String(revision) || size > LIMITS.sourceBytes) {
    answer.stream().destroy();
    return undefined;
  }
  return {
    outcome: 'found',
    bytes: await answer.bytes(LIMITS.sourceBytes),
    contentType: undefined,
    etag: decodeURIComponent(String(headers[META.etag] ?? '')),
    // Whoever cannot tell takes it as private.
    isPrivate: headers[META.isPrivate] !== 'false',
  };
}
