import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { LONG_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { focusAreaOf } from './focus-area.ts';
import { layerLoader } from './load-layer.ts';
import { recordDependencies } from './record-dependencies.ts';
import type { RenderedImage } from './render-image.ts';
import { timed } from './server-timing.ts';
import { variantHeaders } from './variant-headers.ts';
import { whileCurrent } from './while-current.ts';

/** What the better encoding is to beat. */
interface FirstAnswer {
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

/**
 * Renders a picture once more, with more care, and stores it under the variant's own key. Never rejects: the first answer is
 * good enough.
 * @returns whether nothing is left to store: it is there, or the asset has changed meanwhile
 */
export async function storeBetter(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  source: Uint8Array,
  first: FirstAnswer,
): Promise<boolean> {
  try {
    const image = await timed(job.timing, 'transform', deps.now, () => renderBetter(deps, job, source));
    if (image.contentType !== first.contentType || image.bytes.byteLength >= first.size) return false;
    await recordDependencies(deps, job);
    const { key, ignored } = job.stored;
    const headers = variantHeaders(job, image, ignored, LONG_LIVED);
    await whileCurrent(deps, job, key, () => deps.variants.put(key, image.bytes, headers));
    return true;
  } catch (error) {
    deps.report('better-encoding-failed', error);
    return false;
  }
}

function renderBetter(deps: DeliverImageDeps, job: DeliveryJob, source: Uint8Array): Promise<RenderedImage> {
  const { level } = deps.encoding;
  if (level === 'off') throw new Error('No better encoding is to be made');
  return deps.render(source, job.plan, job.variant.format, layerLoader(deps, job), focusAreaOf(job.asset), level);
}
