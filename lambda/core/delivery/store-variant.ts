import { nameDependency } from '../settings/named-transformations/named-transformation.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import { LONG_LIVED } from './delivery.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent } from './delivery-job.ts';
import type { RenderedImage } from './render-image.ts';
import type { VariantHeaders } from './variant-store.ts';

/**
 * Stores a picture, then its better encoding under the same key. Never rejects: the answer is out.
 */
export async function storeVariant(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  image: RenderedImage,
  headers: VariantHeaders,
): Promise<void> {
  try {
    await recordDependencies(deps, job);
    const kept = await putWhileCurrent(deps, job, image.bytes, headers);
    if (!kept || !image.improve) return;
    await putWhileCurrent(deps, job, await image.improve(), { ...headers, cacheControl: LONG_LIVED });
  } catch (error) {
    deps.report('variant-store-failed', error);
  }
}

/** Records which default image an answer shows. Never rejects. */
export async function noteStandIn(deps: DeliverImageDeps, job: DeliveryJob): Promise<void> {
  const used = new Map([...job.used, [job.asset.path, job.asset] as const]);
  await recordDependencies(deps, { ...job, used }).catch((error: unknown) =>
    deps.report('variant-store-failed', error),
  );
}

/** Called before the variant is stored, so that a purge never misses it. */
export async function recordDependencies(
  { dependencies }: DeliverImageDeps,
  { used, names, stored }: DeliveryJob,
): Promise<void> {
  const made = [...[...used.keys()].map((path) => `asset:${path}`), ...[...names.keys()].map(nameDependency)];
  if (made.length > 0) await dependencies.record(stored.key, made);
}

/**
 * Stores, then checks again: after an overwrite whose purge ran before the store, the bucket would keep the old
 * picture.
 * @returns whether the variant stays
 */
async function putWhileCurrent(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  bytes: Uint8Array,
  headers: VariantHeaders,
): Promise<boolean> {
  await deps.variants.put(job.stored.key, bytes, headers);
  const current = await isCurrent(deps, job).catch(() => false);
  if (!current) await deps.variants.remove(job.stored.key);
  return current;
}
