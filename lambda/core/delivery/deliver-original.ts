import { LIMITS } from '../../contract/limits.ts';
import { Problem, problem } from '../kernel/problems.ts';
import { cacheTagHeader, cacheTagsOf } from './cache-tags.ts';
import { attachmentDisposition, downloadName } from './content-disposition.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { Delivery } from './delivery.ts';
import { LONG_LIVED, STAND_IN_LIVED, sameUrlDelivery } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent, isRespelled } from './delivery-job.ts';
import { entityHeaders } from './entity-headers.ts';
import { attachmentOf } from './media-url.ts';
import { metadataHeaders } from './metadata-headers.ts';
import { recordDependencies } from './record-dependencies.ts';
import { remarkHeaders, remarks } from './remark-headers.ts';
import { madeTiming, missTiming, timed } from './server-timing.ts';
import { varianceOf } from './variance.ts';
import type { OpenVariant, VariantHeaders } from './variant-store.ts';

/**
 * Delivers an original as it is. It is copied on S3's side under the variant's key, so its bytes never pass through this
 * function's memory: small ones are streamed on, for large ones the client asks again and the CDN answers from S3. One
 * that cannot be stored, or is gone before it is read, is delivered from where the originals are.
 * @returns undefined when the asset changed during the copy and another try is allowed
 */
export async function deliverOriginal(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  if (deps.storesNothing) return readSmallOriginal(deps, job);
  if (job.asset.size > LIMITS.sourceBytes) return copyOriginal(deps, job);
  if (isRespelled(job)) return readOriginal(deps, job);
  try {
    return await copyOriginal(deps, job);
  } catch (error) {
    // Said of the file itself, which may be at an origin: to read it would say the same.
    if (error instanceof Problem) throw error;
    deps.report('variant-store-failed', error);
    return readOriginal(deps, job);
  }
}

async function copyOriginal(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { asset, stored, timing } = job;
  const headers = originalHeaders(job, stored.ignored);
  await recordDependencies(deps, job);
  await timed(timing, 'fetch', deps.now, () => deps.variants.copyOriginal(asset.objectKey, stored.key, headers));
  const current = await isCurrent(deps, job);
  if (!current && !job.last) {
    await deps.variants.remove(stored.key);
    return undefined;
  }
  const settle = () => (current ? Promise.resolve() : removeQuietly(deps, stored.key));
  if (asset.size > LIMITS.sourceBytes) {
    await settle();
    return sameUrlDelivery(job.asked, timing);
  }
  const opened = await timed(timing, 'fetch', deps.now, () => deps.variants.open(stored.key));
  const life = current ? headers.cacheControl : 'no-store';
  return { ...answer(job, originalHeaders(job, job.plan.ignored), opened, life), stored: settle() };
}

/** What a function cannot hold is delivered from the storage of its region, and from nowhere else. */
function readSmallOriginal(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  if (job.asset.size <= LIMITS.sourceBytes) return readOriginal(deps, job);
  throw problem(
    'region.away',
    `The file's region is down; files of more than ${LIMITS.sourceBytes} bytes are delivered when it is there again.`,
  );
}

/** Nothing is stored, so the CDN is to ask again soon. */
async function readOriginal(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { asset, timing } = job;
  const body = await timed(timing, 'fetch', deps.now, () => deps.originals.read(asset.objectKey, LIMITS.sourceBytes));
  const current = await isCurrent(deps, job);
  if (!current && !job.last) return undefined;
  const life = current ? STAND_IN_LIVED : 'no-store';
  return {
    ...answer(
      job,
      originalHeaders(job, job.plan.ignored),
      { body, size: body.byteLength, modified: Date.parse(asset.updatedAt) },
      life,
    ),
    stored: Promise.resolve(),
  };
}

function answer(
  { timing }: DeliveryJob,
  headers: VariantHeaders,
  bytes: Omit<OpenVariant, 'body' | 'etag'> & { readonly body: NonNullable<Delivery['body']>; readonly etag?: string },
  life: string,
): Omit<Delivery, 'stored'> {
  return {
    status: 200,
    headers: {
      'content-type': headers.contentType,
      'content-length': String(bytes.size),
      ...(bytes.etag !== undefined && { etag: bytes.etag }),
      ...entityHeaders(bytes.modified),
      'cache-control': life,
      'server-timing': missTiming(timing),
      ...metadataHeaders(headers),
      ...cacheTagHeader(headers.cacheTags),
      ...remarkHeaders(headers),
      ...(headers.contentDisposition !== undefined && { 'content-disposition': headers.contentDisposition }),
    },
    body: bytes.body,
  };
}

/** @param ignored what of the URL has no meaning */
function originalHeaders(job: DeliveryJob, ignored: readonly string[]): VariantHeaders {
  const { asset, variant, timing, fallback, unmet = [] } = job;
  const attachment = attachmentOf(variant.url);
  return {
    contentType: asset.contentType,
    cacheControl: LONG_LIVED,
    cacheTags: cacheTagsOf(variant, job),
    serverTiming: madeTiming(timing),
    vary: varianceOf(variant.url),
    ...remarks(fallback?.reason, [...new Set([...ignored, ...unmet])]),
    ...(asset.canonicalUrl !== undefined && { canonicalUrl: asset.canonicalUrl }),
    ...(attachment && {
      contentDisposition: attachmentDisposition(downloadName(asset.path, attachment.fileName, undefined)),
    }),
  };
}

async function removeQuietly(deps: DeliverImageDeps, key: string): Promise<void> {
  await deps.variants.remove(key).catch((error: unknown) => deps.report('variant-store-failed', error));
}
