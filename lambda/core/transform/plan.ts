/**
 * A plan is what a transformation string means, after every check that needs no pixels. The URL grammar makes it, the
 * geometry and the renderer trust it.
 */

/** A side as asked for: pixels, or a fraction of the step's input (0 < value < 1). */
export type Length =
  | { readonly kind: 'pixels'; readonly value: number }
  | { readonly kind: 'fraction'; readonly value: number };

/** Red, green, blue 0..255 and opacity 0..1. */
export interface Colour {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly alpha: number;
}

export type CropStrategy =
  | 'maintain_ratio'
  | 'force'
  | 'at_max'
  | 'at_max_enlarge'
  | 'at_least'
  | 'maintain_ratio_no_enlarge';

export type CropMode = 'pad_resize' | 'pad_resize_no_enlarge' | 'extract' | 'pad_extract' | 'pad_extract_no_shrink';

export type Position =
  | 'center'
  | 'top'
  | 'left'
  | 'bottom'
  | 'right'
  | 'top_left'
  | 'top_right'
  | 'bottom_left'
  | 'bottom_right';

export type OutputFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** `auto`: by the client's Accept header. `original`: the format of the source. */
export type FormatChoice = OutputFormat | 'auto' | 'original';

export type Radius = 'max' | readonly [number | 'max', number | 'max', number | 'max', number | 'max'];

/** One step: everything between two colons. A missing member was not asked for. */
export interface Step {
  readonly width?: Length;
  readonly height?: Length;
  /** Width divided by height. Without effect beside both width and height. */
  readonly aspectRatio?: number;
  readonly crop?: CropStrategy;
  readonly cropMode?: CropMode;
  readonly focus?: Position;
  /** Top left corner of an extract, pixels. Negative: the gap between the region's right or bottom edge and the image's. */
  readonly x?: number;
  readonly y?: number;
  /** Centre of an extract, pixels. */
  readonly xCenter?: number;
  readonly yCenter?: number;
  readonly dpr?: number;
  /** Trim threshold, 1..99. */
  readonly trim?: number;
  /** Degrees clockwise, -360..360; `auto` applies the EXIF orientation, which is done anyway. */
  readonly rotate?: number | 'auto';
  readonly flip?: { readonly horizontal: boolean; readonly vertical: boolean };
  readonly grayscale?: true;
  readonly contrast?: true;
  /** 1..2000; 50 is the default strength. */
  readonly sharpen?: number;
  /** ImageKit's number; sigma is half of it. 0 changes nothing. */
  readonly blur?: number;
  readonly border?: { readonly width: number; readonly colour: Colour };
  readonly radius?: Radius;
  /** Opacity, 0..100. */
  readonly opacity?: number;
  readonly background?: Colour;
}

/** What holds for the final encode, in whatever step it was written; the last one wins. */
export interface OutputSettings {
  readonly format: FormatChoice;
  /** 1..100 on the product's own perceptual scale; undefined means the default, 80. */
  readonly quality?: number;
  readonly progressive?: boolean;
  readonly lossless?: boolean;
  /** Keep all metadata (EXIF, GPS, XMP, IPTC). */
  readonly keepMetadata?: boolean;
  /** Keep the ICC profile instead of converting to sRGB. */
  readonly keepColourProfile?: boolean;
}

export interface Plan {
  /** The source's bytes, untouched; everything else is ignored. */
  readonly original: boolean;
  readonly steps: readonly Step[];
  readonly output: OutputSettings;
  /** Items that have no meaning here and were left out, as written. */
  readonly ignored: readonly string[];
}
