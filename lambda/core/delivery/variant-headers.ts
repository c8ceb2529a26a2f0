import { cacheTagsOf } from './cache-tags.ts';
import { attachmentDisposition, downloadName } from './content-disposition.ts';
import type { DeliveryJob, Fallback } from './delivery-job.ts';
import { attachmentOf } from './media-url.ts';
import { remarks } from './remark-headers.ts';
import type { RenderedImage } from './render-image.ts';
import { madeTiming } from './server-timing.ts';
import { varianceOf } from './variance.ts';
import type { VariantHeaders } from './variant-store.ts';

/** A picture that may be the file itself. */
export type Made = RenderedImage & { readonly fallback?: Fallback };

/**
 * What a picture is stored and answered with.
 * @param ignored what of the URL has no meaning
 * @param cacheControl its life in caches
 */
export function variantHeaders(
  job: DeliveryJob,
  image: Made,
  ignored: readonly string[],
  cacheControl: string,
): VariantHeaders {
  const { asset, variant, timing } = job;
  const attachment = attachmentOf(variant.url);
  const extension = image.format === 'jpeg' ? 'jpg' : image.format;
  return {
    contentType: image.contentType,
    cacheControl,
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
