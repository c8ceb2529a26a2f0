import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../kernel/problems.ts';
import type { PathRecord } from '../library/asset.ts';
import type { Plan } from '../plan/plan.ts';
import { isNamedByOwner, SIGNATURE_NEEDED } from '../request/judge-url.ts';
import type { AssetFinder } from './asset-finder.ts';
import type { Variant } from './identify-variant.ts';
import { versionOf } from './media-url.ts';
import { findAsSpelled } from './spellings.ts';

export interface Deliverable {
  readonly asset: PathRecord;
  /** The plan's default image takes the place of the missing file. */
  readonly isDefault: boolean;
}

/**
 * The asset that a request is about: the one under its path, in the version asked for, or else the default image.
 * @throws Problem asset.not-found or asset.private
 */
export async function findDeliverable(assets: AssetFinder, variant: Variant, plan: Plan): Promise<Deliverable> {
  const { url, access } = variant;
  // Named pictures of private files may be shown without a signature (ImageKit, "Private files").
  const asked = await findAsset(assets, url.assetPath, access === 'signed' || isNamedByOwner(url));
  if (asked) return { asset: await inVersion(assets, asked, versionOf(url)), isDefault: false };
  const { defaultImage } = plan.output;
  const standIn = defaultImage === undefined ? undefined : await findAsset(assets, defaultImage, access === 'signed');
  if (standIn?.fileType === 'image') return { asset: standIn, isDefault: true };
  throw problem('asset.not-found', 'No file has this path.');
}

/**
 * The asset under a path.
 * @param mayBePrivate the request has shown that it may see private files
 * @throws Problem asset.private
 */
export async function findAsset(
  assets: AssetFinder,
  path: string,
  mayBePrivate: boolean,
): Promise<PathRecord | undefined> {
  // The table refuses keys above 2 KB, which would look like a fault; no asset has such a path.
  const asset = Buffer.byteLength(path) > LIMITS.pathBytes ? undefined : await findAsSpelled(assets.find, path);
  if (asset?.isPrivate && !mayBePrivate) throw problem('asset.private', SIGNATURE_NEEDED);
  return asset;
}

async function inVersion(assets: AssetFinder, asset: PathRecord, version: string | undefined): Promise<PathRecord> {
  if (version === undefined || version === asset.versionId) return asset;
  const content = await assets.findVersion(asset.assetId, version);
  if (!content) throw problem('asset.not-found', 'The file has no such version.');
  return { ...asset, ...content, versionId: version };
}
