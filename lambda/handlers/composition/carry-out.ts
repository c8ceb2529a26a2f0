import { urlEndpoint } from '../../contract/edge.ts';
import { escapePath } from '../../core/library/asset-path.ts';
import type { Originals } from '../../core/library/originals.ts';
import type { ChangeDeps } from '../../core/library/store/decide-and-commit.ts';
import type { VariantRemoval } from '../../core/purge/variant-removal.ts';

/**
 * What follows from a change of the library: stored variants and the CDN's copies go, and bytes that nothing refers to; pictures
 * that are wanted soon are made, by asking for them.
 */
export function carryOutEffects(
  removal: Pick<VariantRemoval, 'removePaths'>,
  originals: Pick<Originals, 'erase'>,
  mediaHost: () => Promise<string>,
  indexFile: (assetId: string) => Promise<void>,
): ChangeDeps['carryOut'] {
  return async (effects) => {
    const paths = effects.flatMap((one) => (one.effect === 'purge-path' ? [one.path] : []));
    const objectKeys = effects.flatMap((one) => (one.effect === 'remove-object' ? [one.objectKey] : []));
    if (paths.length > 0) await removal.removePaths([...new Set(paths)]);
    for (const objectKey of objectKeys) await originals.erase(objectKey);
    for (const one of effects) if (one.effect === 'index-file') await indexFile(one.assetId);
    for (const one of effects) if (one.effect === 'prepare-variant') await askFor(await mediaHost(), one);
  };
}

/** Milliseconds; a render takes less. */
const PATIENCE = 10_000;

/** As most browsers ask. */
const ACCEPT = 'image/avif,image/webp,*/*';

/** Whoever asks later gets what this made. What fails is made when somebody asks: nothing is lost but time. */
async function askFor(
  mediaHost: string,
  { path, transformation }: { readonly path: string; readonly transformation: string },
): Promise<void> {
  const steps = encodeURIComponent(transformation).replace(/%2C/g, ',').replace(/%3A/g, ':');
  const url = `${urlEndpoint(mediaHost)}/tr:${steps}${escapePath(path)}`;
  const signal = AbortSignal.timeout(PATIENCE);
  await fetch(url, { headers: { accept: ACCEPT }, signal }).then(
    (answer) => answer.body?.cancel(),
    () => undefined,
  );
}
