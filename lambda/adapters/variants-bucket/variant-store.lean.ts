import {
  CACHE_TAG_HEADER,
  CANONICAL_METADATA,
  FALLBACK_METADATA,
  IGNORED_METADATA,
  IMPROVABLE_METADATA,
  LIMITED_METADATA,
  TIMING_METADATA,
  VARY_METADATA,
  WIDTH_METADATA,
} from '../../contract/edge.ts';
import type { VariantHeaders, VariantStore } from '../../core/delivery/variant-store.ts';
import type { ObjectHeaders } from '../signed-http/s3-objects.lean.ts';
import { s3Objects } from '../signed-http/s3-objects.lean.ts';
import type { Environment } from '../signed-http/service-endpoint.lean.ts';
import { AwsCallError } from '../signed-http/signed-fetch.lean.ts';

/** Variants in their bucket, from which the CDN serves them without a function. */
export function variantStore(environment: Environment, bucket: string, originalsBucket: string): VariantStore {
  const objects = s3Objects(environment, bucket);
  return {
    put: (key, bytes, headers) => objects.put(key, bytes, objectHeaders(headers)),
    copyOriginal: (objectKey, key, headers) =>
      objects.copy({ bucket: originalsBucket, key: objectKey }, key, objectHeaders(headers)),
    copy: (from, key, headers) => objects.copy({ bucket, key: from }, key, headers),
    open: objects.open,
    find: (key) => objects.open(key).catch(undefinedIfMissing),
    remove: objects.remove,
  };
}

/** S3 answers 403 for what is not there to whoever may not list the bucket. */
function undefinedIfMissing(error: unknown): undefined {
  if (error instanceof AwsCallError && (error.status === 403 || error.status === 404)) return undefined;
  throw error;
}

function objectHeaders(headers: VariantHeaders): ObjectHeaders {
  const { contentType, cacheControl, contentDisposition, canonicalUrl, serverTiming, width } = headers;
  const { fallback, ignored, limited, vary, cacheTags, improvablePixels } = headers;
  return {
    'content-type': contentType,
    'cache-control': cacheControl,
    [CACHE_TAG_HEADER]: cacheTags,
    [`x-amz-meta-${TIMING_METADATA}`]: serverTiming,
    ...(vary !== undefined && { [`x-amz-meta-${VARY_METADATA}`]: vary }),
    ...(width !== undefined && { [`x-amz-meta-${WIDTH_METADATA}`]: String(width) }),
    ...(improvablePixels !== undefined && { [`x-amz-meta-${IMPROVABLE_METADATA}`]: String(improvablePixels) }),
    ...(canonicalUrl !== undefined && { [`x-amz-meta-${CANONICAL_METADATA}`]: canonicalUrl }),
    ...(fallback !== undefined && { [`x-amz-meta-${FALLBACK_METADATA}`]: fallback }),
    ...(ignored !== undefined && { [`x-amz-meta-${IGNORED_METADATA}`]: ignored }),
    ...(limited !== undefined && { [`x-amz-meta-${LIMITED_METADATA}`]: limited }),
    ...(contentDisposition !== undefined && { 'content-disposition': contentDisposition }),
  };
}
