import type { Sharp } from 'sharp';
import type { Region, Size } from '../../plan/geometry/layout.ts';
import { sameSize, wholePixels } from '../../plan/geometry/size.ts';
import type { Colour } from '../../plan/plan.ts';
import { type PixelOrigin, run } from '../engine.ts';
import { guardOutput } from './guard-output.ts';
import { framesOf, fromPixels, joinFrames, type Pixels, release, toPixels } from './pixels.ts';
import { scaleFrames } from './scale-frames.ts';

/**
 * sharp carries out operations in an order of its own, whatever the order of the calls (its src/pipeline.cc). This is
 * that order, for what we use; flattening comes first there, but gives the same as after everything that only moves
 * pixels, which is where we count it.
 */
const ORDER = [
  'nothing',
  'extract',
  'resize',
  'turn',
  'crop',
  'flatten',
  'extend',
  'blur',
  'recomb',
  'sharpen',
  'composite',
  'linear',
  'normalise',
  'alpha',
] as const;

/** What sharp does at one place of its order; not an operation of the URL grammar. */
export type SharpOperation = (typeof ORDER)[number];

/** Pixels of all frames together that are held as they are. */
const LIGHT_PIXELS = 32_000_000;

const unchanged = (image: Sharp): Sharp => image;

/** What an operation changes about a picture, as far as later stages must know. */
export interface DrawEffect {
  readonly size?: Size;
  readonly hasAlpha?: boolean;
  /** The operation paints: a grey picture must be in colour before. */
  readonly paints?: boolean;
}

/** How a picture's pixels are first read. */
export interface Source {
  /** A fresh sharp call on the source's bytes. */
  readonly open: () => Sharp;
  readonly size: Size;
  readonly frames: number;
  readonly hasAlpha: boolean;
  readonly isGrey: boolean;
  /** @default 'source' */
  readonly origin?: PixelOrigin;
  /** The decoder delivers smaller frames for less. */
  readonly shrinks?: boolean;
  /** A fresh sharp call at another size, of a source that has none of its own. */
  readonly drawAt?: (size: Size) => Sharp;
}

/**
 * A picture on its way through the stages. Operations are collected in one sharp call as long as sharp's own order of
 * execution is the order asked for; when it is not, the call runs and its raw pixels begin the next one. So a plain
 * resize is exactly one call from the source to the encoded bytes, and a chain loses nothing between its steps.
 *
 * Frames of an animation lie one below the other, as libvips keeps them.
 */
export class Picture {
  readonly frames: number;
  hasAlpha: boolean;
  /** Whether padding, corners or the gaps of a rotation were left transparent. */
  hasGaps = false;
  /** The colour that was asked for behind the picture, for formats that cannot be transparent. */
  matte: Colour | undefined;
  /** An effect was used that AVIF would undo (ImageKit, format `avif`). */
  excludesAvif = false;
  #size: Size;
  #open: () => Sharp;
  #drawAt: Source['drawAt'];
  #shrinks: boolean;
  #image: Sharp;
  #origin: PixelOrigin;
  #last: SharpOperation = 'nothing';
  #isGrey: boolean;
  #cut: Region | undefined;
  /** What the call begins with, when that is in memory. */
  #settled: Pixels | undefined;

  constructor(source: Source) {
    this.frames = source.frames;
    this.hasAlpha = source.hasAlpha;
    this.#size = source.size;
    this.#isGrey = source.isGrey;
    this.#open = source.open;
    this.#drawAt = source.drawAt;
    this.#shrinks = source.shrinks ?? false;
    this.#image = source.open();
    this.#origin = source.origin ?? 'source';
  }

  /** Of one frame; what `cutTo` chose counts already. */
  get size(): Size {
    return this.#cut ?? this.#size;
  }

  /** Whether the pixels still come straight from the source. */
  get isFresh(): boolean {
    return this.#origin === 'source';
  }

  /** Whether the pixels have no colours, and the encoder may leave them out. */
  get isGrey(): boolean {
    return this.#isGrey;
  }

  /** Chooses a part of the picture; the next placement decides how it is read with the fewest pixels decoded. */
  cutTo(region: Region): void {
    this.#cut = region;
  }

  /** The uncut size and the cut, which the caller promises to carry out. */
  takeCut(): { whole: Size; cut: Region | undefined } {
    const cut = this.#cut;
    this.#cut = undefined;
    return { whole: this.#size, cut };
  }

  /** Whether the picture can still be drawn at any size, instead of being scaled. */
  get isDrawing(): boolean {
    return this.#drawAt !== undefined && this.#last === 'nothing';
  }

  /** Draws the picture at another size. Only while `isDrawing`. */
  redrawAt(size: Size): void {
    const drawAt = this.#drawAt;
    if (!drawAt) throw new Error('The picture is no drawing');
    this.#open = () => drawAt(size);
    this.#image = this.#open();
    this.#size = size;
  }

  /** Adds an operation that treats every frame alike. */
  async draw(operation: SharpOperation, change: (image: Sharp) => Sharp, effect: DrawEffect = {}): Promise<void> {
    const inOrder = ORDER.indexOf(operation) > ORDER.indexOf(this.#last);
    // sharp scales a drawing anew for a resize, and then cuts what it has no longer.
    const isDrawn = this.#drawAt !== undefined;
    if (!inOrder || isDrawn || (effect.paints && this.#isGrey)) await this.settle();
    this.#image = change(this.#image);
    this.#last = operation;
    // Not the object itself: a region has a corner too, which belongs to the picture that it was cut from.
    if (effect.size) this.#size = { width: effect.size.width, height: effect.size.height };
    if (effect.hasAlpha !== undefined) this.hasAlpha = effect.hasAlpha;
  }

  /**
   * Scales the picture, each frame for itself.
   * @param change the call's own settings, of a picture that does not move
   */
  async scaleTo(size: Size, change: (image: Sharp) => Sharp = unchanged): Promise<void> {
    const { width, height } = size;
    if (this.frames === 1) {
      return this.draw('resize', (image) => change(image).resize(width, height, { fit: 'fill' }), { size });
    }
    const read = this.#readFor(size);
    if (!sameSize(read, this.#size)) {
      await this.draw('resize', (image) => image.resize(read.width, read.height, { fit: 'fill' }), { size: read });
    }
    this.#restart(await scaleFrames(await this.#run(), size, 'lanczos3'));
  }

  /**
   * The size at which the frames are read for another, without mixing their rows: a WebP decoder shrinks every frame for itself;
   * else what would be much to hold becomes narrow first, for across frames have no neighbours.
   */
  #readFor({ width, height }: Size): Size {
    const { width: ownWidth, height: ownHeight } = this.#size;
    if (this.#shrinks && this.#last === 'nothing' && width < ownWidth) {
      const even = wholePixels((ownHeight * width) / ownWidth);
      return { width, height: Math.min(ownHeight, Math.max(height, even)) };
    }
    const isLight = ownWidth * ownHeight * this.frames <= LIGHT_PIXELS;
    return { width: isLight ? ownWidth : Math.min(width, ownWidth), height: ownHeight };
  }

  /** Adds an operation that looks at neighbouring pixels, which must not be those of the next frame. */
  async drawFrame(operation: SharpOperation, change: (image: Sharp) => Sharp, effect: DrawEffect = {}): Promise<void> {
    if (this.frames === 1) return this.draw(operation, change, effect);
    await this.redraw(change);
  }

  /** Runs an operation at once, on each frame alone; for those whose result's size only sharp knows. */
  async redraw(change: (image: Sharp) => Sharp): Promise<void> {
    const pixels = await this.settle();
    const results: Pixels[] = [];
    for (const frame of framesOf(pixels)) {
      results.push(toPixels(await run(change(fromPixels(frame)).raw(), 'memory'), 1));
    }
    this.#restart(joinFrames(results));
  }

  /** Changes pixels in place, in memory. Four channels, alpha last, colours not multiplied by it. */
  async edit(change: (frame: Pixels) => void): Promise<void> {
    const pixels = await this.settle({ withAlpha: true });
    for (const frame of framesOf(pixels)) change(frame);
  }

  /** Replaces each frame by another one, which may have another size; all of them the same. Four channels. */
  async replace(change: (frame: Pixels) => Pixels): Promise<void> {
    const pixels = await this.settle({ withAlpha: true });
    this.#restart(joinFrames(framesOf(pixels).map(change)));
  }

  /** Each frame, small enough for a glance: at most `side` pixels a side. */
  async proxies(side: number): Promise<Pixels[]> {
    if (this.#last !== 'nothing') await this.settle();
    const { width, height } = this.#size;
    const scale = Math.min(1, side / Math.max(width, height));
    const small = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
    if (this.#drawAt) return [toPixels(await run(this.#drawAt(small).raw(), this.#origin), 1)];
    const image = this.#open();
    // The default kernel would draw faint lines beside edges.
    const options = { fit: 'fill', kernel: 'linear' } as const;
    if (scale === 1) guardOutput(this.#size, this.frames);
    else image.resize(small.width, this.frames === 1 ? small.height : height, options);
    const pixels = toPixels(await run(image.raw(), this.#origin), this.frames);
    return framesOf(await scaleFrames(pixels, small, options.kernel));
  }

  /** Runs what was collected, so that the next operation may be any. */
  async settle({ withAlpha = false } = {}): Promise<Pixels> {
    guardOutput(this.#size, this.frames);
    const known = this.#last === 'nothing' ? this.#settled : undefined;
    if (known && (known.channels === 4 || !withAlpha)) return known;
    const pixels = await this.#run(withAlpha);
    this.#restart(pixels);
    return pixels;
  }

  /** Gives the memory of settled pixels back. Only when the picture, and whatever `settle` gave, is needed no more. */
  release(): void {
    if (this.#settled) release(this.#settled);
  }

  async #run(withAlpha = false): Promise<Pixels> {
    const image = withAlpha ? this.#image.ensureAlpha() : this.#image;
    const { data, info } = await run(image.raw(), this.#origin);
    // Our own size: sharp reports the crop's when a border was added after it in the same call.
    const { width, height } = this.#size;
    const pixels: Pixels = { data, width, height, channels: info.channels === 4 ? 4 : 3, frames: this.frames };
    if (data.length !== width * height * pixels.channels * this.frames) {
      throw new Error(`Pixels of ${info.width} x ${info.height} came where ${width} x ${height} were due`);
    }
    return pixels;
  }

  /** The call that is still to run, to be given an encoder, and where its pixels come from. */
  finish(): { image: Sharp; origin: PixelOrigin } {
    guardOutput(this.#size, this.frames);
    return { image: this.#image, origin: this.#origin };
  }

  #restart(pixels: Pixels): void {
    this.#open = () => fromPixels(pixels);
    this.#settled = pixels;
    this.#drawAt = undefined;
    this.#shrinks = false;
    this.#image = this.#open();
    this.#origin = 'memory';
    this.#last = 'nothing';
    this.#isGrey = false;
    this.#size = { width: pixels.width, height: pixels.height };
    this.hasAlpha = pixels.channels === 4;
  }
}
