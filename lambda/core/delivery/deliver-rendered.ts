import { createHash } from 'node:crypto';
import { LIMITS } from '../../contract/limits.ts';
import { Problem, problem } from '../kernel/problems.ts';
import { extensionOf } from '../library/asset-path.ts';
import { cacheTagHeader, cacheTagsOf } from './cache-tags.ts';
import { attachmentDisposition, downloadName } from './content-disposition.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { Delivery } from './delivery.ts';
import { LONG_LIVED, SHORT_LIVED, STAND_IN_LIVED } from './delivery.ts';
import type { DeliveryJob, Fallback } from './delivery-job.ts';
import { isCurrent, isRespelled, isRestricted } from './delivery-job.ts';
import { entityHeaders } from './entity-headers.ts';
import { fallbackAfter } from './fallback.ts';
import { asksForThumbnail, passesThrough, SVG, staysSvg, unmetItems } from './file-kinds.ts';
import { focusAreaOf } from './focus-area.ts';
import { layerLoader } from './load-layer.ts';
import { attachmentOf } from './media-url.ts';
import { metadataHeaders } from './metadata-headers.ts';
import { remarkHeaders, remarks } from './remark-headers.ts';
import type { RenderedImage } from './render-image.ts';
import { madeTiming, missTiming, timed } from './server-timing.ts';
import { noteStandIn, storeVariant } from './store-variant.ts';
import { thumbnailCard } from './thumbnail-card.ts';
import { varianceOf } from './variance.ts';
import type { VariantHeaders } from './variant-store.ts';

/**
 * Renders, answers with the bytes and stores them meanwhile.
 * @returns undefined when an asset changed during the work and another try is allowed
 */
export async function deliverRendered(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { timing } = job;
  refuseTooMany(deps, job);
  // What passes through comes here for its thumbnail only.
  const source = passesThrough(job) ? thumbnailCard(job.asset.path) : await readSource(deps, job);
  const image = await timed(timing, 'transform', deps.now, () => make(deps, job, source));
  const current = await isCurrent(deps, job);
  if (!current && !job.last) return undefined;
  const headers = variantHeaders(job, image, job.plan.ignored);
  return {
    status: 200,
    headers: { ...answerHeaders(job, image, headers, current), ...entityHeaders(deps.clock()) },
    body: image.bytes,
    stored: current ? keep(deps, job, image) : Promise.resolve(),
  };
}

/** Who signs URLs chooses what is made; unsigned ones anybody can invent. */
function refuseTooMany({ mayRender }: DeliverImageDeps, { address, variant }: DeliveryJob): void {
  if (address === undefined || variant.access !== 'open' || mayRender(address)) return;
  throw problem(
    'render.rate',
    `An address may have ${LIMITS.rendersPerMinute} new pictures made a minute; signed URLs are not counted.`,
  );
}

function make(deps: DeliverImageDeps, job: DeliveryJob, source: Uint8Array): Promise<Made> {
  if (staysSvg(job)) return safeSvg(deps, job.asset, source);
  const render = (bytes: Uint8Array) =>
    deps.render(bytes, job.plan, job.variant.format, layerLoader(deps, job), focusAreaOf(job.asset));
  return render(source).catch((error: unknown) => {
    const fallback = fallbackAfter(job, error);
    if (fallback) return { ...asStored(job.asset, source), fallback };
    if (!isUnsupported(error) || isRestricted(job)) throw error;
    if (asksForThumbnail(job)) return render(thumbnailCard(job.asset.path));
    return { ...asStored(job.asset, source), leftOut: unmetItems(job) };
  });
}

const isUnsupported = (error: unknown): boolean => error instanceof Problem && error.code === 'source.unsupported';

/** A picture that may be the file itself. */
type Made = RenderedImage & { readonly fallback?: Fallback };

const asStored = ({ path, contentType, width = 0 }: DeliveryJob['asset'], bytes: Uint8Array) => ({
  ...{ bytes, contentType, width },
  format: extensionOf(path),
});

/** An SVG can run scripts and read from anywhere; what is delivered of it can do neither. */
async function safeSvg(deps: DeliverImageDeps, { width }: DeliveryJob['asset'], source: Uint8Array) {
  return { bytes: await deps.sanitiseSvg(source), contentType: SVG, format: 'svg', width: width ?? 0 };
}

/** A default image is not stored. The CDN caches it briefly, so what it depends on is recorded for purges. */
function keep(deps: DeliverImageDeps, job: DeliveryJob, image: Made): Promise<void> {
  if (isRestricted(job) || isRespelled(job) || image.fallback?.isPassing) return Promise.resolve();
  return job.isDefault
    ? noteStandIn(deps, job)
    : storeVariant(deps, job, image, variantHeaders(job, image, job.stored.ignored));
}

async function readSource(deps: DeliverImageDeps, { asset, timing }: DeliveryJob): Promise<Uint8Array> {
  const limit = asset.contentType === SVG ? LIMITS.svgBytes : LIMITS.sourceBytes;
  if (asset.size > limit) {
    throw problem(
      'source.limit',
      `An image of this kind may have at most ${limit} bytes to be transformed, this has ${asset.size}; tr=orig-true delivers the file.`,
    );
  }
  return timed(timing, 'fetch', deps.now, () => deps.originals.read(asset.objectKey, LIMITS.sourceBytes));
}

/** @param ignored what of the URL has no meaning */
function variantHeaders(job: DeliveryJob, image: Made, ignored: readonly string[]): VariantHeaders {
  const { asset, variant, timing } = job;
  const attachment = attachmentOf(variant.url);
  const extension = image.format === 'jpeg' ? 'jpg' : image.format;
  return {
    contentType: image.contentType,
    cacheControl: lifeOf(job, image),
    ...remarks(image.fallback?.reason, [...new Set([...ignored, ...(image.leftOut ?? [])])], image.limited),
    cacheTags: cacheTagsOf(variant, job),
    serverTiming: madeTiming(timing),
    ...(asset.canonicalUrl !== undefined && { canonicalUrl: asset.canonicalUrl }),
    vary: varianceOf(variant.url),
    ...(variant.url.varies && { width: image.width }),
    ...(attachment && {
      contentDisposition: attachmentDisposition(downloadName(asset.path, attachment.fileName, extension)),
    }),
  };
}

function lifeOf(job: DeliveryJob, image: Made): string {
  if (job.isDefault || isRestricted(job) || isRespelled(job) || image.fallback?.isPassing) return STAND_IN_LIVED;
  return image.improve ? SHORT_LIVED : LONG_LIVED;
}

function answerHeaders(
  { timing, isDefault }: DeliveryJob,
  image: RenderedImage,
  headers: VariantHeaders,
  current: boolean,
) {
  return {
    'content-type': headers.contentType,
    'content-length': String(image.bytes.byteLength),
    // The ETag that S3 gives the stored bytes: a revalidation succeeds at either origin.
    etag: `"${createHash('md5').update(image.bytes).digest('hex')}"`,
    'cache-control': current ? headers.cacheControl : 'no-store',
    'server-timing': missTiming(timing),
    ...metadataHeaders(headers),
    ...cacheTagHeader(headers.cacheTags),
    ...(headers.contentDisposition !== undefined && { 'content-disposition': headers.contentDisposition }),
    ...remarkHeaders(headers),
    ...(isDefault && { 'x-ik-default-image': 'true' }),
  };
}
