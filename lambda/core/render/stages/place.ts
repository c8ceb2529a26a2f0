import type { Region, Size } from '../../plan/geometry/layout.ts';
import { layoutStep } from '../../plan/geometry/layout.ts';
import type { Step } from '../../plan/plan.ts';
import { isColour } from '../../plan/plan.ts';
import type { RenderContext } from '../context.ts';
import { placeOnBackdrop } from '../picture/backdrop.ts';
import { fitsOutput, guardOutput } from '../picture/guard-output.ts';
import { linearFrom } from '../picture/linear-light.ts';
import { isOpaque, OPAQUE_BLACK, TRANSPARENT, toSharp } from '../picture/paint.ts';
import type { Picture } from '../picture/picture.ts';
import { type Pixels, release } from '../picture/pixels.ts';
import { salientRegion } from '../picture/saliency.ts';
import { drawnReading, readingOf } from '../source/reading.ts';
import type { Stage } from './stage.ts';

/** Pixels a side on which a picture is looked at for what is important. */
const PROXY_SIDE = 128;

/** Scales, cuts and pads: everything that the step says about size. */
export const place: Stage = async (picture, step, context) => {
  const interest = await interestOf(picture, step, context);
  context.noteInterest?.(interest);
  const layout = layoutStep({ ...step, ...(interest && { interest }) }, picture.size);
  if (layout.unlimited) context.noteLimited(layout.output, layout.unlimited);
  const { whole, cut } = picture.takeCut();
  const { frames } = picture;
  const moves = frames > 1 && layout.scale !== undefined;
  if (moves) guardOutput(layout.crop ?? layout.scale, frames);
  const reading = readingOf(whole, cut, layout, moves && !fitsOutput(layout.scale, frames));
  const drawing = picture.isDrawing ? drawnReading(whole, reading) : undefined;
  if (drawing) picture.redrawAt(drawing.size);
  const { extract, resize, crop } = drawing?.reading ?? reading;
  if (extract) await picture.draw('extract', (image) => image.extract(extract), { size: extract });
  const between = resize && canBeLinear(picture) ? linearFrom(picture.size, resize) : undefined;
  const begun = between && (await scaled(picture, between));
  if (resize) await scale(picture, resize, between ? 'linear' : 'stored');
  if (crop) await picture.draw('crop', (image) => image.extract(crop), { size: crop });
  // What comes after would be done in linear light too.
  if (begun) {
    await picture.settle();
    release(begun);
  }
  if (layout.canvas) await pad(picture, step, layout.canvas);
};

/** @param light in which the colours of several pixels are added up: as they are stored, or as light adds up */
function scale(picture: Picture, size: Size, light: 'stored' | 'linear' = 'stored'): Promise<void> {
  return picture.scaleTo(size, (image) => (light === 'linear' ? image.pipelineColourspace('scrgb') : image));
}

async function scaled(picture: Picture, size: Size): Promise<Pixels> {
  await scale(picture, size);
  return picture.settle();
}

/** Photographs: what the decoder still shrinks, and has one frame, colours and no transparency. */
const canBeLinear = (picture: Picture): boolean =>
  picture.isFresh && !picture.isDrawing && !picture.hasAlpha && !picture.isGrey && picture.frames === 1;

/** The area that a crop is to keep, when the step asks for one that has to be known. */
async function interestOf(picture: Picture, step: Step, { focusArea }: RenderContext): Promise<Region | undefined> {
  const { focus } = step;
  const isChosen = focus === 'custom' || focus === 'auto-custom_override';
  if (isChosen && focusArea) return within(focusArea, picture);
  if (focus !== 'auto' && focus !== 'auto-custom_override') return undefined;
  const { scale = picture.size, crop } = layoutStep(step, picture.size);
  if (!crop) return undefined;
  const [proxy] = await picture.proxies(PROXY_SIDE);
  const window = {
    width: Math.max(1, Math.round((crop.width * picture.size.width) / scale.width)),
    height: Math.max(1, Math.round((crop.height * picture.size.height) / scale.height)),
  };
  return proxy && salientRegion(proxy, picture.size, window);
}

/** An area of the stored file, as far as the picture has it; an earlier step may have made the picture smaller. */
function within({ left, top, width, height }: Region, { size }: Picture): Region | undefined {
  const [right, bottom] = [Math.min(size.width, left + width), Math.min(size.height, top + height)];
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}

/**
 * Padding is the step's background, or black around an opaque picture. Around a transparent one, and below a background
 * that is itself translucent, it stays open; the background stage fills it together with the picture's own holes.
 */
async function pad(picture: Picture, { background, cropMode, crop }: Step, canvas: Region): Promise<void> {
  if (background && !isColour(background) && (background.kind !== 'blurred' || isResizing(cropMode ?? crop))) {
    await placeOnBackdrop(picture, background, canvas);
    return;
  }
  const { width, height, left, top } = canvas;
  const plain = background && isColour(background) ? background : undefined;
  const open = plain ? !isOpaque(plain) : picture.hasAlpha;
  const colour = open ? TRANSPARENT : (plain ?? OPAQUE_BLACK);
  const edges = {
    left,
    top,
    right: width - left - picture.size.width,
    bottom: height - top - picture.size.height,
    background: toSharp(colour),
  };
  await picture.draw('extend', (image) => image.extend(edges), {
    size: { width, height },
    hasAlpha: picture.hasAlpha || open,
    paints: true,
  });
  if (open) picture.hasGaps = true;
}

/** ImageKit blurs behind `pad_resize` only. */
const isResizing = (mode: string | undefined): boolean => mode === 'pad_resize' || mode === 'pad_resize_no_enlarge';
