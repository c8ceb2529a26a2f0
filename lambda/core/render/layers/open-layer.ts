import type { Size } from '../../plan/geometry/size.ts';
import type { CanvasLayer, ImageLayer, Layer, OutputSettings, PlanStep, TextLayer } from '../../plan/plan.ts';
import type { RenderContext } from '../context.ts';
import { requireIsolation } from '../isolated/isolation.ts';
import { isHeavySource } from '../may-run-long.ts';
import type { Picture } from '../picture/picture.ts';
import { inspectAsset, openInspected } from '../source/open-asset.ts';
import { openCanvas } from './canvas.ts';
import type { LayerStart } from './layer-start.ts';
import { openText } from './text/open-text.ts';

/** A layer before it is drawn, and the size that it had before its steps. */
export interface OpenLayer {
  readonly picture: Picture;
  readonly initial: Size;
}

/** Carries out steps on a picture (pipeline.ts). Steps draw layers and layers have steps, so it is handed in. */
export type RunSteps = (
  picture: Picture,
  steps: readonly PlanStep[],
  context: RenderContext,
) => Promise<Partial<OutputSettings>>;

/** @param context of the picture below, which is the layer's `parent` */
export async function openLayer(
  layer: Layer,
  context: RenderContext & { readonly parent: Size },
  runSteps: RunSteps,
): Promise<OpenLayer> {
  const { picture, steps, density } = await start(layer, context);
  const initial = picture.size;
  const { load, parent, noteLimited } = context;
  await runSteps(picture, steps, { load, parent, noteLimited, initial, density });
  return { picture, initial };
}

function start(layer: Layer, context: RenderContext & { readonly parent: Size }): Promise<LayerStart> {
  switch (layer.kind) {
    case 'image':
      return openImage(layer, context);
    case 'text':
      return openText(layer satisfies TextLayer, context);
    case 'canvas':
      return openCanvas(layer satisfies CanvasLayer, context);
  }
}

/** Layers do not move: of an animation the first frame is drawn, or the page asked for. */
async function openImage({ asset, steps }: ImageLayer, { load }: RenderContext): Promise<LayerStart> {
  const plan = { steps, output: { format: 'png' } } as const;
  const inspected = await inspectAsset(await load(asset), plan);
  if (isHeavySource(inspected)) requireIsolation();
  return { picture: await openInspected(inspected, plan), steps, density: inspected.header.density };
}
