import type { Size } from '../../geometry/size.ts';
import type { CanvasLayer, ImageLayer, Layer, PlanStep, TextLayer } from '../../plan.ts';
import type { RenderContext } from '../context.ts';
import { requireIsolation } from '../isolation.ts';
import { isHeavySource } from '../may-run-long.ts';
import { inspectAsset, openInspected } from '../open-asset.ts';
import { Picture } from '../picture.ts';
import { runSteps } from '../pipeline.ts';
import { fromPixels, type Pixels } from '../pixels.ts';
import { openCanvas } from './canvas.ts';
import { openText } from './text/open-text.ts';

/** A layer before it is drawn, and the size that it had before its steps. */
export interface OpenLayer {
  readonly picture: Picture;
  readonly initial: Size;
}

/** What a layer is made of: a picture and the steps that are still to be carried out on it. */
export interface LayerStart {
  readonly picture: Picture;
  readonly steps: readonly PlanStep[];
  readonly density?: number | undefined;
}

/** @param context of the picture below, which is the layer's `parent` */
export async function openLayer(layer: Layer, context: RenderContext & { readonly parent: Size }): Promise<OpenLayer> {
  const { picture, steps, density } = await start(layer, context);
  const initial = picture.size;
  await runSteps(picture, steps, { load: context.load, parent: context.parent, initial, density });
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

/** A picture of pixels that we made ourselves. */
export function drawn(pixels: Pixels): Picture {
  return new Picture({
    open: () => fromPixels(pixels),
    size: { width: pixels.width, height: pixels.height },
    frames: 1,
    hasAlpha: pixels.channels === 4,
    isGrey: false,
    origin: 'memory',
  });
}
