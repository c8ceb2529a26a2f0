import { askedBox } from '../../plan/geometry/asked-box.ts';
import { checkOutputSize } from '../../plan/geometry/output-limits.ts';
import type { Size } from '../../plan/geometry/size.ts';
import { wholePixels } from '../../plan/geometry/size.ts';
import type { CanvasLayer, Colour, Step } from '../../plan/plan.ts';
import { isBranching } from '../../plan/plan.ts';
import { resolveStep } from '../../plan/resolve.ts';
import type { RenderContext } from '../context.ts';
import { OPAQUE_BLACK, TRANSPARENT } from '../picture/paint.ts';
import type { Pixels } from '../picture/pixels.ts';
import { drawn, type LayerStart } from './layer-start.ts';

/** What a canvas is made of; the rest of its first step is carried out on it. */
const MAKING = new Set<keyof Step>([
  'width',
  'height',
  'aspectRatio',
  'dpr',
  'crop',
  'cropMode',
  'focus',
  'background',
]);

/** A plain block: its first step says size and colour. A side that is not asked for is the one of the picture below. */
export async function openCanvas(
  { steps: [first = {}, ...later], style }: CanvasLayer,
  { parent }: RenderContext & { readonly parent: Size },
): Promise<LayerStart> {
  const asked = isBranching(first) ? {} : resolveStep(first, { parent });
  const size = canvasSize(asked, parent);
  checkOutputSize(size);
  const rest = Object.fromEntries(Object.entries(asked).filter(([member]) => !MAKING.has(member as keyof Step)));
  const start = isBranching(first) ? first : (rest as Step);
  return { picture: drawn(sheet(size, colourOf(asked, style.alpha))), steps: [start, ...later] };
}

function canvasSize(step: Step, parent: Size): Size {
  const box = askedBox(step, parent);
  if (!box) return parent;
  if (box.sides === 'both') return { width: wholePixels(box.width), height: wholePixels(box.height) };
  return step.width ? { width: box.width, height: parent.height } : { width: parent.width, height: box.height };
}

/** Black without a colour, as padding is; open below a gradient, which then is all that is seen. */
function colourOf(step: Step, tenths: number | undefined): Colour {
  const { background } = step;
  const colour = background && 'r' in background ? background : 'gradient' in step ? TRANSPARENT : OPAQUE_BLACK;
  return tenths === undefined || colour.alpha < 1 ? colour : { ...colour, alpha: tenths / 10 };
}

function sheet({ width, height }: Size, { r, g, b, alpha }: Colour): Pixels {
  const data = Buffer.alloc(width * height * 4, Buffer.from([r, g, b, Math.round(alpha * 255)]));
  return { data, width, height, channels: 4, frames: 1 };
}
