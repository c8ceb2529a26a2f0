import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { urlEndpoint } from '../../contract/edge.ts';
import { signMediaUrl } from '../../core/delivery/sign-media-url.ts';
import type { FetchPinned } from '../../core/delivery/with-pinned.ts';
import { pinnedObject, requireOwnBytes } from '../../core/library/pinned-object.ts';
import type { ZippedBytes } from '../../core/library/zips/zip-storage.ts';

/** Seconds for which a URL is signed that is asked for at once. */
const SIGNED_SECONDS = 300;

/** Milliseconds for the head of an answer: a render and the way there. */
const PATIENCE = 20_000;

export interface ZippedBytesDeps {
  /** With the prefix under which this region's files are delivered. */
  readonly mediaHost: () => Promise<string>;
  readonly privateKey: () => Promise<string>;
  /** Of functions that may read from origins. */
  readonly fetchPinned?: FetchPinned;
}

/** Originals from their bucket or their origin; everything else as delivery gives it, by a URL that is signed for private files. */
export function zippedBytes(
  client: S3Client,
  bucket: string,
  { mediaHost, privateKey, fetchPinned }: ZippedBytesDeps,
): ZippedBytes {
  return {
    original: async (objectKey) => {
      const pin = fetchPinned && pinnedObject(objectKey);
      if (pin) return Readable.from([(await fetchPinned(pin)).bytes]);
      requireOwnBytes(objectKey);
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: objectKey }));
      return Body as AsyncIterable<Uint8Array>;
    },
    transformed: async (path, name) => {
      const endpoint = urlEndpoint(await mediaHost());
      const until = Math.floor(Date.now() / 1000) + SIGNED_SECONDS;
      const url = signMediaUrl(endpoint, { path, transformation: `n-${name}`, until }, await privateKey());
      // The head has an end, the body has the worker's.
      const patience = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(url, { signal: patience }).catch(() => undefined);
      if (answer?.ok && answer.body) {
        return { bytes: answer.body, contentType: answer.headers.get('content-type') ?? '' };
      }
      await answer?.body?.cancel();
      return undefined;
    },
  };
}
