import type { Originals } from '../../core/library/originals.ts';
import type { ChangeDeps } from '../../core/library/store/decide-and-commit.ts';
import type { VariantRemoval } from '../../core/purge/variant-removal.ts';

/** What follows from a change of the library: stored variants and the CDN's copies go, and bytes that nothing refers to. */
export function carryOutEffects(
  removal: Pick<VariantRemoval, 'removePaths'>,
  originals: Pick<Originals, 'erase'>,
): ChangeDeps['carryOut'] {
  return async (effects) => {
    const paths = effects.flatMap((one) => (one.effect === 'purge-path' ? [one.path] : []));
    const objectKeys = effects.flatMap((one) => (one.effect === 'remove-object' ? [one.objectKey] : []));
    if (paths.length > 0) await removal.removePaths([...new Set(paths)]);
    for (const objectKey of objectKeys) await originals.erase(objectKey);
  };
}
