import type { VariantPurge } from '../../core/library/variant-purge.ts';
import type { VariantRemoval } from '../../core/purge/variant-removal.ts';

/** What the library's own changes need of the removal of variants. */
export function variantPurge(removal: VariantRemoval): VariantPurge {
  return { purge: async (path) => void (await removal.removePaths([path])) };
}
