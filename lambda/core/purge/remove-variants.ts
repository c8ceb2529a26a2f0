import { ENGINE_VERSION } from '../../contract/engine-version.ts';
import { cacheTag, FOLDER_TAGS } from '../delivery/cache-tags.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { assetPrefix, firstAnswerKey, ownKey, withoutGeneration } from '../request/variant-key.ts';
import { nameDependency } from '../settings/named-transformations/named-transformation.ts';
import type { InvalidateDeps } from './invalidate.ts';
import { areInvalidated, invalidateTags } from './invalidate.ts';
import type { DependentVariants, StoredVariants, UsedTags, VariantRemoval } from './variant-removal.ts';

export interface RemoveVariantsDeps extends InvalidateDeps {
  readonly stored: StoredVariants;
  readonly dependents: DependentVariants;
  readonly usedTags: UsedTags;
}

/**
 * Stored variants go first, else the CDN could fetch an old one right after the invalidation. It is told by tag, because it
 * takes 15 wildcards at a time and 3,000 of everything else: one tag of a changed asset, folder, endpoint or name, and none
 * of an asset of which nothing was ever delivered. Pictures that carry an asset have its tag, too.
 */
export function variantRemoval(deps: RemoveVariantsDeps): VariantRemoval {
  return {
    removePaths: (paths) => removeAssets(deps, paths, () => true),
    removeInFolder: (folder, paths) =>
      // Pictures that carry the asset may be elsewhere, and files far below may lack the folder's tag.
      removeAssets(deps, paths, ({ path, carrying }) => carrying.length > 0 || levelsBelow(folder, path) > FOLDER_TAGS),
    tellOfFolder: (folder) => invalidateTags(deps, [cacheTag('folder', folder)]),
    removeVariants: async (assetPath, keys) => {
      const meant = new Set(keys);
      await deps.stored.removeWithPrefix(storedPrefix(assetPath), (key) => meant.has(withoutGeneration(ownKey(key))));
      return invalidateUsed(deps, cacheTag('path', assetPath));
    },
    removeNamed: async (name) => {
      const dependency = nameDependency(name);
      const keys = await removeCarrying(deps, dependency);
      const tag = cacheTag('name', name);
      const told = await (keys.length > 0 ? invalidateTags(deps, [tag]) : invalidateUsed(deps, tag));
      await deps.dependents.remove(dependency, keys);
      return told;
    },
    removeEndpoint: async (id) => {
      await deps.stored.removeOfEndpoint(ENGINE_VERSION, id);
      return invalidateTags(deps, [cacheTag('endpoint', id)]);
    },
    areComplete: (invalidations) => areInvalidated(deps, invalidations),
  };
}

/** What was found of an asset, and is removed by now. */
interface Removed {
  readonly path: string;
  readonly tag: string;
  /** How many of its variants were stored. */
  readonly stored: number;
  /** Keys of stored pictures that carried it. */
  readonly carrying: readonly string[];
}

/** @param needsTag whether an asset of which something was made has to be told of by itself */
async function removeAssets(
  deps: RemoveVariantsDeps,
  paths: readonly string[],
  needsTag: (removed: Removed) => boolean,
): Promise<string[]> {
  const removed = await Promise.all(paths.map((path) => removeAsset(deps, path)));
  const told = removed.filter(needsTag);
  const used = await deps.usedTags.among(told.map(({ tag }) => tag));
  const made = told.filter(({ tag, stored, carrying }) => used.has(tag) || stored > 0 || carrying.length > 0);
  const invalidations = await invalidateTags(
    deps,
    made.map(({ tag }) => tag),
  );
  for (const { path, carrying } of removed) await deps.dependents.remove(assetDependency(path), carrying);
  return invalidations;
}

async function removeAsset(deps: RemoveVariantsDeps, path: string): Promise<Removed> {
  const [stored, carrying] = await Promise.all([
    deps.stored.removeWithPrefix(storedPrefix(path)),
    removeCarrying(deps, assetDependency(path)),
  ]);
  return { path, tag: cacheTag('path', path), stored, carrying };
}

async function removeCarrying({ dependents, stored }: RemoveVariantsDeps, dependency: string): Promise<string[]> {
  const keys = await dependents.list(dependency);
  await stored.remove(keys.flatMap((key) => [key, firstAnswerKey(key)]));
  return keys;
}

async function invalidateUsed(deps: RemoveVariantsDeps, tag: string): Promise<string[]> {
  const used = await deps.usedTags.among([tag]);
  return invalidateTags(deps, [...used]);
}

const storedPrefix = (path: string): string => assetPrefix(path, ENGINE_VERSION, sha256Hex).slice(1);

const assetDependency = (path: string): string => `asset:${path}`;

/** Folders from a file's own up to one above it, both counted. */
const levelsBelow = (folder: string, path: string): number =>
  path.split('/').length - (folder === '/' ? 1 : folder.split('/').length);
