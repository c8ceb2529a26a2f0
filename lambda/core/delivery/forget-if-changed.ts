import { cacheTag } from './cache-tags.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent } from './delivery-job.ts';

/**
 * Looks once more when an answer is out, unless storing it has looked since. What changed since it was decided has had its purge
 * already, which the answer may have reached the CDN after: the CDN is then told again. An asset whose state cannot be read
 * counts as changed. Never rejects.
 * @param job undefined when the answer was not made of a file
 * @param out when the answer was out, of `now`. @default nobody knows
 */
export async function forgetIfChanged(
  deps: DeliverImageDeps,
  { headers }: Pick<Delivery, 'headers'>,
  job: DeliveryJob | undefined,
  out = Number.POSITIVE_INFINITY,
): Promise<void> {
  if (!job || headers['cache-control'] === 'no-store') return;
  if (job.seen.at !== undefined && job.seen.at > out) return;
  if (await isCurrent(deps, job).catch(() => false)) return;
  try {
    // Every answer of the path carries it, whatever else it was made of.
    await deps.queueInvalidation([cacheTag('path', job.variant.url.assetPath)]);
  } catch (error) {
    deps.report('invalidation-not-queued', error);
  }
}
