import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isCurrent } from './delivery-job.ts';

/**
 * Stores, then checks again: after an overwrite whose purge ran before the store, the bucket would keep the old
 * picture.
 * @returns whether the variant stays
 */
export async function whileCurrent(
  deps: DeliverImageDeps,
  job: DeliveryJob,
  key: string,
  store: () => Promise<void>,
): Promise<boolean> {
  await store();
  const at = deps.now();
  const current = await isCurrent(deps, job).catch(() => false);
  if (current) job.seen.at = at;
  else await deps.variants.remove(key);
  return current;
}
