import { createHash } from 'node:crypto';
import { LIMITS } from '../../contract/limits.ts';
import { Problem, problem } from '../kernel/problems.ts';
import { extensionOf } from '../library/asset-path.ts';
import { type Fate, fateOf } from './better-variant.ts';
import { cacheTagHeader } from './cache-tags.ts';
import { deliverFirst, findFirst } from './deliver-first.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { storedDelivery } from './deliver-stored.ts';
import type { Delivery } from './delivery.ts';
import { LONG_LIVED, SHORT_LIVED, STAND_IN_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent, isRespelled, isRestricted } from './delivery-job.ts';
import { entityHeaders } from './entity-headers.ts';
import { fallbackAfter } from './fallback.ts';
import { asksForThumbnail, passesThrough, SVG, staysSvg, unmetItems } from './file-kinds.ts';
import { focusAreaOf } from './focus-area.ts';
import { layerLoader } from './load-layer.ts';
import { metadataHeaders } from './metadata-headers.ts';
import { deliverNearest } from './nearest-variant.ts';
import { remarkHeaders } from './remark-headers.ts';
import type { RenderedImage } from './render-image.ts';
import { missTiming, timed } from './server-timing.ts';
import { noteStandIn, storeVariant } from './store-variant.ts';
import { thumbnailCard } from './thumbnail-card.ts';
import { type Made, variantHeaders } from './variant-headers.ts';
import type { VariantHeaders } from './variant-store.ts';

/**
 * Renders, answers with the bytes and stores them meanwhile.
 * @returns undefined when an asset changed during the work and another try is allowed
 */
export async function deliverRendered(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { timing } = job;
  refuseTooMany(deps, job);
  const refusal = await ceilingRefusal(deps);
  if (refusal) return firstOr(deps, job, refusal);
  const [source, first] = await Promise.all([sourceOf(deps, job), findFirst(deps, job)]);
  if (first) return deliverFirst(deps, job, first, source);
  const image = await timed(timing, 'transform', deps.now, () => make(deps, job, source));
  const current = await isCurrent(deps, job);
  if (!current && !job.last) return undefined;
  const fate = fateOf(deps.encoding, image);
  const headers = variantHeaders(job, image, job.plan.ignored, lifeOf(job, image, fate));
  return {
    status: 200,
    headers: { ...answerHeaders(job, image, headers, current), ...entityHeaders(deps.clock()) },
    body: image.bytes,
    stored: current ? keep(deps, job, image, source, fate) : Promise.resolve(),
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

/** The table may be away, and nobody loses a picture for that. */
async function ceilingRefusal({ ceilingEnd, report }: DeliverImageDeps): Promise<Problem | undefined> {
  const end = await ceilingEnd().catch((error: unknown) => report('spend-ceiling-unknown', error));
  if (!end) return undefined;
  return problem('render.ceiling', `The ceiling of spending is reached: no new pictures are made before ${end}.`);
}

/** What was made before the ceiling was reached is still shown, and not made better; the owner may have it stand for what was not made. */
async function firstOr(deps: DeliverImageDeps, job: DeliveryJob, refusal: Problem): Promise<Delivery> {
  const first = await findFirst(deps, job);
  if (first) return storedDelivery(job, first);
  const nearest = await deliverNearest(deps, job);
  if (!nearest) throw refusal;
  return nearest;
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

const asStored = ({ path, contentType, width = 0 }: DeliveryJob['asset'], bytes: Uint8Array) => ({
  ...{ bytes, contentType, width },
  format: extensionOf(path),
});

/** An SVG can run scripts and read from anywhere; what is delivered of it can do neither. */
async function safeSvg(deps: DeliverImageDeps, { width }: DeliveryJob['asset'], source: Uint8Array) {
  return { bytes: await deps.sanitiseSvg(source), contentType: SVG, format: 'svg', width: width ?? 0 };
}

/** A default image is not stored. The CDN caches it briefly, so what it depends on is recorded for purges. */
function keep(deps: DeliverImageDeps, job: DeliveryJob, image: Made, source: Uint8Array, fate: Fate): Promise<void> {
  if (deps.storesNothing || isRestricted(job) || isRespelled(job) || image.fallback?.isPassing)
    return Promise.resolve();
  return job.isDefault ? noteStandIn(deps, job) : storeVariant(deps, job, { image, source, fate });
}

/** What passes through comes here for its thumbnail only. */
const sourceOf = (deps: DeliverImageDeps, job: DeliveryJob): Promise<Uint8Array> =>
  passesThrough(job) ? Promise.resolve(thumbnailCard(job.asset.path)) : readSource(deps, job);

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

function lifeOf(job: DeliveryJob, image: Made, fate: Fate): string {
  if (job.isDefault || isRestricted(job) || isRespelled(job) || image.fallback?.isPassing) return STAND_IN_LIVED;
  return fate === 'final' ? LONG_LIVED : SHORT_LIVED;
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
