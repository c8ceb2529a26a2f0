import { problem } from '../kernel/problems.ts';
import type { PathRecord } from '../library/asset.ts';
import { readPlan } from '../plan/read-plan.ts';
import { expandNames } from '../settings/named-transformations/expand-names.ts';
import { stepsWritten } from '../settings/named-transformations/named-transformation.ts';
import type { FindNamed } from '../settings/named-transformations/named-transformation-store.ts';
import type { RenderImage } from './render-image.ts';

export interface TransformUploadDeps {
  readonly findNamed: FindNamed;
  readonly findPath: (path: string) => Promise<PathRecord | undefined>;
  readonly readOriginal: (objectKey: string, maximumBytes: number) => Promise<Uint8Array>;
  readonly render: RenderImage;
}

/** Bytes of a layer; the files of a library that are drawn on others are small. */
const LAYER_BYTES = 20_000_000;

/**
 * Transforms a picture before it is stored (ImageKit, "Upload file", `transformation.pre`). Private files are not drawn on
 * it: who may upload may not see them by that.
 * @returns its bytes, in the picture's own format unless the transformation names one
 * @throws Problem of a transformation.*, source.*, render.* or name.* code
 */
export function uploadTransformer({ findNamed, findPath, readOriginal, render }: TransformUploadDeps) {
  return async (source: Uint8Array, transformation: string): Promise<Uint8Array> => {
    const { steps } = await expandNames(stepsWritten(transformation), findNamed);
    const plan = readPlan(steps, { strict: true });
    if (plan.original) return source;
    const load = async (path: string) => {
      const layer = await findPath(path);
      if (layer && !layer.isPrivate) return readOriginal(layer.objectKey, LAYER_BYTES);
      throw problem('asset.not-found', `The layer "${path.slice(0, 80)}" does not exist, or is private.`);
    };
    return (await render(source, plan, 'plain', load)).bytes;
  };
}
