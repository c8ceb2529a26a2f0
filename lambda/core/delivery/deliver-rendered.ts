import { createHash } from 'node:crypto';
import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../errors.ts';
import { attachmentDisposition, downloadName } from './content-disposition.ts';
import type { DeliverImageDeps } from './deliver-image.ts';
import type { Delivery } from './delivery.ts';
import { headerText, LONG_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent } from './delivery-job.ts';
import { attachmentOf } from './media-url.ts';
import type { RenderedImage, VariantHeaders } from './ports.ts';
import { missTiming, storedTiming, timed } from './server-timing.ts';

/**
 * Renders, answers with the bytes and stores them meanwhile.
 * @returns undefined when the asset changed during the work and another try is allowed
 */
export async function deliverRendered(deps: DeliverImageDeps, job: DeliveryJob): Promise<Delivery | undefined> {
  const { asset, plan, timing, variant } = job;
  if (asset.size > LIMITS.sourceBytes) {
    throw problem(
      'source.limit',
      `An image may have ${LIMITS.sourceBytes} bytes to be transformed, this has ${asset.size}.`,
    );
  }
  const source = await timed(timing, 'fetch', deps.now, () => deps.originals.read(asset.objectKey, LIMITS.sourceBytes));
  const image = await timed(timing, 'transform', deps.now, () => deps.render(source, plan, variant.format));
  const current = await isCurrent(deps.assets, asset);
  if (!current && !job.last) return undefined;
  const headers = variantHeaders(job, image);
  return {
    status: 200,
    headers: answerHeaders(job, image, headers, current),
    body: image.bytes,
    stored: current ? storeVariant(deps, job, image.bytes, headers) : Promise.resolve(),
  };
}

function variantHeaders({ asset, variant, timing }: DeliveryJob, image: RenderedImage): VariantHeaders {
  const attachment = attachmentOf(variant.url);
  const extension = image.format === 'jpeg' ? 'jpg' : image.format;
  return {
    contentType: image.contentType,
    cacheControl: LONG_LIVED,
    serverTiming: storedTiming(timing),
    ...(attachment && {
      contentDisposition: attachmentDisposition(downloadName(asset.path, attachment.fileName, extension)),
    }),
  };
}

function answerHeaders(
  { variant, plan, timing }: DeliveryJob,
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
    ...(!variant.url.fixedFormat && { vary: 'Accept' }),
    ...(headers.contentDisposition !== undefined && { 'content-disposition': headers.contentDisposition }),
    ...(ignored && { 'x-vitrine-ignored': headerText(ignored) }),
  };
}

/** Stores, then looks again: an overwrite that purged before the store would else be answered with the old picture. */
async function storeVariant(
  deps: DeliverImageDeps,
  { asset, variant }: DeliveryJob,
  bytes: Uint8Array,
  headers: VariantHeaders,
): Promise<void> {
  try {
    await deps.variants.put(variant.key, bytes, headers);
    if (!(await isCurrent(deps.assets, asset).catch(() => false))) await deps.variants.remove(variant.key);
  } catch (error) {
    deps.report('variant-store-failed', error);
  }
}
