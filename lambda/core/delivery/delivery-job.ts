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
  /** The plan's default image stands in for the file. */
  readonly isDefault: boolean;
  /** Other assets that the picture was made with, as they were then. */
  readonly used: Map<string, PathRecord>;
  /** No further try follows: answer with what there is, but let nobody keep it. */
  readonly last: boolean;
}

/** A private file without a signature: what is shown of it is kept by nobody for long, and stored nowhere. */
export function isRestricted({ asset, variant }: Pick<DeliveryJob, 'asset' | 'variant'>): boolean {
  return asset.isPrivate && variant.access === 'open';
}

/**
 * Whether everything is still what the job worked on. Asked before the answer, so that the CDN does not get the old
 * picture right after its purge, and again after the store, so that the bucket does not keep it.
 */
export async function isCurrent(
  assets: AssetFinder,
  { asset, used }: Pick<DeliveryJob, 'asset' | 'used'>,
): Promise<boolean> {
  const checks = [asset, ...used.values()].map((record) => isUnchanged(assets, record));
  return (await Promise.all(checks)).every((unchanged) => unchanged);
}

async function isUnchanged(assets: AssetFinder, { path, assetId, revision }: PathRecord): Promise<boolean> {
  const now = await assets.find(path);
  return now?.assetId === assetId && now.revision === revision;
}
