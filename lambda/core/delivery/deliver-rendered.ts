import { createHash } from 'node:crypto';
import { WIDTH_METADATA } from '../../contract/edge.ts';
import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import type { Region } from '../plan/geometry/size.ts';
import { canonicalHeader } from './canonical-header.ts';
import { attachmentDisposition, downloadName } from './content-disposition.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { Delivery } from './delivery.ts';
import { headerText, LONG_LIVED, SHORT_LIVED, STAND_IN_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent, isRestricted } from './delivery-job.ts';
import { SVG, staysSvg } from './file-kinds.ts';
import { layerLoader } from './load-layer.ts';
import { attachmentOf } from './media-url.ts';
import type { RenderedImage } from './render-image.ts';
import { missTiming, storedTiming, timed } from './server-timing.ts';
import { noteStandIn, storeVariant } from './store-variant.ts';
import type { VariantHeaders } from './variant-store.ts';

/**
 * Renders, answers with the bytes and stores them meanwhile.
 * @returns undefined when an asset changed during the work and another try is allowed
 */
export async function deliverRendered(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { timing } = job;
  const source = await readSource(deps, job);
  const image = await timed(timing, 'transform', deps.now, () => make(deps, job, source));
  const current = await isCurrent(deps, job);
  if (!current && !job.last) return undefined;
  const headers = variantHeaders(job, image);
  return {
    status: 200,
    headers: answerHeaders(job, image, headers, current),
    body: image.bytes,
    stored: current ? keep(deps, job, image, headers) : Promise.resolve(),
  };
}

function make(deps: DeliverImageDeps, job: DeliveryJob, source: Uint8Array): Promise<RenderedImage> {
  if (staysSvg(job)) return safeSvg(deps, job.asset, source);
  return deps.render(source, job.plan, job.variant.format, layerLoader(deps, job), focusAreaOf(job.asset));
}

/** An SVG can run scripts and read from anywhere; what is delivered of it can do neither. */
async function safeSvg(deps: DeliverImageDeps, { width }: DeliveryJob['asset'], source: Uint8Array) {
  return { bytes: await deps.sanitiseSvg(source), contentType: SVG, format: 'svg', width: width ?? 0 };
}

/** A stand-in is not stored, but the CDN has it for a while; a purge of its file must find it there. */
function keep(deps: DeliverImageDeps, job: DeliveryJob, image: RenderedImage, headers: VariantHeaders): Promise<void> {
  if (isRestricted(job)) return Promise.resolve();
  return job.isDefault ? noteStandIn(deps, job) : storeVariant(deps, job, image, headers);
}

async function readSource(deps: DeliverImageDeps, { asset, timing }: DeliveryJob): Promise<Uint8Array> {
  const limit = asset.contentType === SVG ? LIMITS.svgBytes : LIMITS.sourceBytes;
  if (asset.size > limit) {
    throw problem(
      'source.limit',
      `Such an image may have ${limit} bytes to be transformed, this has ${asset.size}; tr=orig-true delivers the file.`,
    );
  }
  return timed(timing, 'fetch', deps.now, () => deps.originals.read(asset.objectKey, LIMITS.sourceBytes));
}

/** The area that the file's owner chose, `x,y,width,height`. */
function focusAreaOf({ customCoordinates }: DeliveryJob['asset']): Region | undefined {
  const [left, top, width, height] = (customCoordinates ?? '').split(',').map(Number);
  if (left === undefined || top === undefined || !width || !height) return undefined;
  return { left, top, width, height };
}

function variantHeaders(job: DeliveryJob, image: RenderedImage): VariantHeaders {
  const { asset, variant, timing, isDefault } = job;
  const attachment = attachmentOf(variant.url);
  const extension = image.format === 'jpeg' ? 'jpg' : image.format;
  return {
    contentType: image.contentType,
    cacheControl: isDefault || isRestricted(job) ? STAND_IN_LIVED : image.improve ? SHORT_LIVED : LONG_LIVED,
    serverTiming: storedTiming(timing),
    ...(asset.canonicalUrl !== undefined && { canonicalUrl: asset.canonicalUrl }),
    ...(variant.url.varies && { width: image.width }),
    ...(attachment && {
      contentDisposition: attachmentDisposition(downloadName(asset.path, attachment.fileName, extension)),
    }),
  };
}

function answerHeaders(
  { plan, timing, isDefault }: DeliveryJob,
  image: RenderedImage,
  headers: VariantHeaders,
  current: boolean,
) {
  const ignored = plan.ignored.map(encodeURIComponent).join(', ');
  return {
    'content-type': headers.contentType,
    'content-length': String(image.bytes.byteLength),
    // What S3 gives for the stored bytes: both origins agree, so a revalidation succeeds wherever it ends.
    etag: `"${createHash('md5').update(image.bytes).digest('hex')}"`,
    'cache-control': current ? headers.cacheControl : 'no-store',
    'server-timing': missTiming(timing),
    ...(headers.width !== undefined && { [`x-amz-meta-${WIDTH_METADATA}`]: String(headers.width) }),
    ...canonicalHeader(headers),
    ...(headers.contentDisposition !== undefined && { 'content-disposition': headers.contentDisposition }),
    ...(ignored && { 'x-vitrine-ignored': headerText(ignored) }),
    ...(isDefault && { 'x-ik-default-image': 'true' }),
  };
}
