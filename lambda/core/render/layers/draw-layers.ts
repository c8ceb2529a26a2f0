import { layerCorner } from '../../plan/geometry/layer-position.ts';
import type { Layer } from '../../plan/plan.ts';
import { isBranching } from '../../plan/plan.ts';
import { resolvePlacement } from '../../plan/resolve.ts';
import type { RenderContext } from '../context.ts';
import type { Picture } from '../picture/picture.ts';
import { blend } from './blend.ts';
import type { RunSteps } from './open-layer.ts';
import { openLayer } from './open-layer.ts';

/**
 * Draws the layers on a picture, in order. The picture keeps its size: what reaches out of it is cut off.
 * @param runSteps carries out a layer's own steps
 */
export async function drawLayers(
  picture: Picture,
  layers: readonly Layer[],
  context: RenderContext,
  runSteps: RunSteps,
): Promise<void> {
  for (const layer of layers) await drawLayer(picture, layer, context, runSteps);
}

async function drawLayer(picture: Picture, layer: Layer, context: RenderContext, runSteps: RunSteps): Promise<void> {
  const parent = picture.size;
  const { picture: own, initial } = await openLayer(layer, { ...context, parent }, runSteps);
  const overlay = await own.settle({ withAlpha: true });
  const placement = resolvePlacement(layer.placement, { initial, current: overlay, parent });
  const corner = layerCorner(placement, overlay, parent);
  await blend(picture, overlay, corner, placement.mode, shiftOf(layer));
}

/** How far a displacing layer moves pixels: `x` and `y` of its first step. */
function shiftOf({ steps: [first] }: Layer): { x: number; y: number } {
  return !first || isBranching(first) ? { x: 0, y: 0 } : { x: first.x ?? 0, y: first.y ?? 0 };
}
