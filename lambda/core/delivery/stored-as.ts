import { ENGINE_VERSION } from '../../contract/engine-version.ts';
import { LIMITS } from '../../contract/limits.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { PathRecord } from '../library/asset.ts';
import type { Plan } from '../plan/plan.ts';
import { generationInKey, variantPath } from '../request/variant-key.ts';
import type { NamedTransformation } from '../settings/named-transformations/named-transformation.ts';
import type { Variant } from './identify-variant.ts';
import { meaningfulSteps } from './meaningful-steps.ts';
import { planOf } from './plan-of.ts';

/** Under which key an answer is stored, and what of the URL under that key has no meaning. */
export interface StoredAs {
  /** Without a leading slash. */
  readonly key: string;
  readonly ignored: readonly string[];
}

interface ReadVariant {
  readonly asset: PathRecord;
  readonly variant: Variant;
  readonly plan: Plan;
  readonly names: ReadonlyMap<string, NamedTransformation>;
}

/**
 * An answer is stored under the key of the URL without what has no meaning, else whoever invents an item could have the same
 * picture rendered without end. The edge, which has no room for the list of all operations, gives each spelling a key of its
 * own: the CDN asks here then, and what is stored is looked for first. A file that is too large to pass through here is stored
 * where the CDN will look for it.
 */
export async function storedAs({ asset, variant, plan, names }: ReadVariant): Promise<StoredAs> {
  if (asset.size > LIMITS.sourceBytes) return { key: variant.key, ignored: plan.ignored };
  const { url, settings, format, access, endpoint } = variant;
  const findNamed = async (name: string) => names.get(name);
  const read = async (steps: string[][]) => (await planOf({ ...url, steps }, settings, findNamed)).plan;
  const { steps, ignored } = await meaningfulSteps(url.steps, plan, read);
  const generation = generationInKey(variant.key);
  const path = variantPath({ ...url, steps }, format, access, endpoint, ENGINE_VERSION, sha256Hex, generation);
  return { key: path.slice(1), ignored };
}
