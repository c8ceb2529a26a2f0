import { nameDependency } from '../settings/named-transformations/named-transformation.ts';
import type { DeliverImageDeps } from './deliver-image-deps.ts';
import type { DeliveryJob } from './delivery-job.ts';

/** Called before the variant is stored, so that a purge never misses it. */
export async function recordDependencies(
  { dependencies }: DeliverImageDeps,
  { used, names, stored }: DeliveryJob,
): Promise<void> {
  const made = [...[...used.keys()].map((path) => `asset:${path}`), ...[...names.keys()].map(nameDependency)];
  if (made.length > 0) await dependencies.record(stored.key, made);
}
