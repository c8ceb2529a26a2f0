import type { PathRecord } from '../library/asset.ts';
import type { Plan } from '../plan/plan.ts';
import type { NamedTransformation } from '../settings/named-transformations/named-transformation.ts';
import type { FindNamed } from '../settings/named-transformations/named-transformation-store.ts';
import type { AssetFinder } from './asset-finder.ts';
import type { Variant } from './identify-variant.ts';
import type { Timing } from './server-timing.ts';
import type { StoredAs } from './stored-as.ts';

/** Why a file is delivered as it is stored, where a picture of it would have been delivered. */
export interface Fallback {
  readonly reason: string;
  /** The machine was slow: next time it may not be. */
  readonly isPassing: boolean;
}

/** One try to answer a request from one state of an asset. */
export interface DeliveryJob {
  readonly variant: Variant;
  readonly stored: StoredAs;
  readonly plan: Plan;
  readonly asset: PathRecord;
  readonly asked: { readonly path: string; readonly query: string };
  /** The viewer's address; undefined when the CDN does not tell it. */
  readonly address: string | undefined;
  readonly timing: Timing;
  /** The plan's default image takes the place of the missing file. */
  readonly isDefault: boolean;
  /** Other assets that the picture was made with, as they were then. */
  readonly used: Map<string, PathRecord>;
  /** Named transformations that the plan was made of, as they were then. */
  readonly names: ReadonlyMap<string, NamedTransformation>;
  /** When, of `now`, its files and names were last looked at after a store, and were as they are here. */
  readonly seen: { at?: number };
  /** The last try: its answer is sent even if an asset has changed, and no cache keeps it. */
  readonly last: boolean;
  /** Why the file is delivered as it is stored, where it would be made anew. */
  readonly fallback?: Fallback | undefined;
  /** What the URL asks of a file that is not transformed, as written. */
  readonly unmet?: readonly string[];
}

/** Whether the file is private and the URL unsigned. Such an answer is cached briefly and never stored. */
export function isRestricted({ asset, variant }: Pick<DeliveryJob, 'asset' | 'variant'>): boolean {
  return asset.isPrivate && variant.access === 'open';
}

/**
 * Whether nothing may be shown but what the owner's names make of the file: it is private, or its endpoint delivers named
 * transformations only, and the URL is unsigned. A file that is not transformed would come without its watermark.
 */
export function hidesFile(job: Pick<DeliveryJob, 'asset' | 'variant'>): boolean {
  return isRestricted(job) || (job.variant.access === 'open' && job.variant.settings.named === true);
}

/**
 * Whether the file was found under another spelling of the path. Access rules at the edge know its own: such an answer is
 * cached briefly and never stored, so that a rule that comes later holds for it, too.
 */
export const isRespelled = ({
  asset,
  isDefault,
  variant,
}: Pick<DeliveryJob, 'asset' | 'isDefault' | 'variant'>): boolean => !isDefault && asset.path !== variant.url.assetPath;

export interface CurrencyDeps {
  readonly assets: AssetFinder;
  readonly findNamed: FindNamed;
}

/**
 * Whether all assets and names are still as the job read them. Asked before the answer, because the CDN would cache the
 * old picture right after its purge. Asked again after the store, because the bucket would keep it.
 */
export async function isCurrent(
  { assets, findNamed }: CurrencyDeps,
  { asset, used, names }: Pick<DeliveryJob, 'asset' | 'used' | 'names'>,
): Promise<boolean> {
  const checks = [asset, ...used.values()].map((record) => isUnchanged(assets, record));
  for (const named of names.values()) checks.push(meansTheSame(findNamed, named));
  return (await Promise.all(checks)).every((unchanged) => unchanged);
}

/** A folder that becomes private changes what is allowed, not the files in it. */
async function isUnchanged(assets: AssetFinder, { path, ...then }: PathRecord): Promise<boolean> {
  const now = await assets.find(path);
  return now?.assetId === then.assetId && now.revision === then.revision && now.isPrivate === then.isPrivate;
}

async function meansTheSame(findNamed: FindNamed, { id, name, revision }: NamedTransformation): Promise<boolean> {
  const now = await findNamed(name);
  return now?.id === id && now.revision === revision;
}
