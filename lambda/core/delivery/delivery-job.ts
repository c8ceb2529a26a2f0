import type { PathRecord } from '../library/asset.ts';
import type { Plan } from '../transform/plan.ts';
import type { Variant } from './identify-variant.ts';
import type { AssetFinder } from './ports.ts';
import type { Timing } from './server-timing.ts';

/** One try to answer a request from one state of an asset. */
export interface DeliveryJob {
  readonly variant: Variant;
  readonly plan: Plan;
  readonly asset: PathRecord;
  readonly asked: { readonly path: string; readonly query: string };
  readonly timing: Timing;
  /** No further try follows: answer with what there is, but let nobody keep it. */
  readonly last: boolean;
}

/**
 * Whether the asset is still what the job worked on. Asked before the answer, so that the CDN does not get the old
 * picture right after its purge, and again after the store, so that the bucket does not keep it.
 */
export async function isCurrent(assets: AssetFinder, { path, assetId, revision }: PathRecord): Promise<boolean> {
  const now = await assets.find(path);
  return now?.assetId === assetId && now.revision === revision;
}
