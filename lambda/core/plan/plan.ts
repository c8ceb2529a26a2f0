/**
 * A plan is what a transformation string means, after every check that needs no pixels. The URL grammar makes it, the
 * geometry and the renderer trust it.
 */

import type { Condition } from './conditions/condition.ts';
import type { Expression } from './expressions/expression.ts';

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

/** What a crop keeps: a place of the picture, what looks important, or the area that the file's owner chose. */
export type Focus = Position | 'auto' | 'custom' | 'auto-custom_override';

/** Sharpens by a blurred copy (ImageMagick's -unsharp). */
export interface Unsharp {
  /** Pixels; 0 for as far as sigma reaches. */
  readonly radius: number;
  readonly sigma: number;
  readonly amount: number;
  /** Share of the full range by which a pixel must differ, 0..1. */
  readonly threshold: number;
}

export interface Shadow {
  /** 0..15. */
  readonly blur: number;
  /** 0..100. */
  readonly strength: number;
  /** Per cent of the width, -100..100; y of the height. */
  readonly x: number;
  readonly y: number;
}

export interface Gradient {
  /** Degrees, 0 towards the top, 90 towards the right. */
  readonly angle: number;
  readonly from: Colour;
  readonly to: Colour;
  /** Where `to` is reached: up to 1 a share of the way, above 1 pixels. */
  readonly stop: number;
}

export interface ColourReplacement {
  readonly to: Colour;
  /** 0..100. */
  readonly tolerance: number;
  /** Missing for the picture's dominant colour. */
  readonly from?: Colour;
}

/** Corners as x and y of top left, top right, bottom right and bottom left. */
export type Corners = readonly [number, number, number, number, number, number, number, number];

export type Distortion =
  | { readonly kind: 'perspective'; readonly corners: Corners }
  /** Degrees of the arc, -360..360; positive ones curve upwards. */
  | { readonly kind: 'arc'; readonly degrees: number };

/** A colour, or something made of the picture itself. */
export type Background =
  | Colour
  | { readonly kind: 'blurred'; readonly intensity: 'auto' | number; readonly brightness: number }
  | { readonly kind: 'dominant' }
  | { readonly kind: 'gradient'; readonly colours: 2 | 4 };

export const isColour = (background: Background): background is Colour => 'r' in background;

export type OutputFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif';

/** `auto`: by the client's Accept header. `original`: the format of the source. */
export type FormatChoice = OutputFormat | 'auto' | 'original';

export type Radius = 'max' | readonly [number | 'max', number | 'max', number | 'max', number | 'max'];

/** A value that is known only when the picture is: the item's text with an expression in it. */
export interface Computed {
  /** Key of the operation whose grammar reads the text once the expression is a number. */
  readonly key: string;
  readonly before: string;
  readonly expression: Expression;
  readonly after: string;
}

/** One step: everything between two colons. A missing member was not asked for. */
export interface Step {
  /** Values to be computed from sizes, in the table's order; they have no member of their own yet. */
  readonly computed?: readonly Computed[];
  /** Drawn on the picture after everything else of the step, in order. */
  readonly layers?: readonly Layer[];
  /** Which page or frame of the source is meant, from 1. */
  readonly page?: number;
  readonly width?: Length;
  readonly height?: Length;
  /** Width divided by height. Without effect beside both width and height. */
  readonly aspectRatio?: number;
  readonly crop?: CropStrategy;
  readonly cropMode?: CropMode;
  readonly focus?: Focus;
  /** Above 1 less around the area in focus is kept, below 1 more. */
  readonly zoom?: number;
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
  readonly unsharp?: Unsharp;
  readonly replaceColour?: ColourReplacement;
  readonly colorize?: { readonly colour: Colour /** 0..100 */; readonly intensity: number };
  readonly shadow?: Shadow;
  readonly gradient?: Gradient;
  readonly distort?: Distortion;
  /** ImageKit's number; sigma is half of it. 0 changes nothing. */
  readonly blur?: number;
  readonly border?: { readonly width: number; readonly colour: Colour };
  readonly radius?: Radius;
  /** Opacity, 0..100. */
  readonly opacity?: number;
  readonly background?: Background;
}

/** A step whose content depends on the picture. */
export interface Branching {
  readonly condition: Condition;
  readonly whenTrue: Branch;
  readonly whenFalse: Branch;
}

export interface Branch {
  readonly steps: readonly Step[];
  /** Output settings of the branch; they come before the plan's own. */
  readonly output: Partial<OutputSettings>;
}

export type PlanStep = Step | Branching;

export const isBranching = (step: PlanStep): step is Branching => 'condition' in step;

/** A distance along one axis. */
export interface Offset {
  readonly value: number;
  /** Counted from the right or bottom edge. */
  readonly fromEnd: boolean;
}

/** How a layer meets the picture below: its product, a shift of pixels, a hole, or all that remains. */
export type LayerMode = 'multiply' | 'displace' | 'cutout' | 'cutter';

/** Where and how a layer is drawn. */
export interface Placement {
  readonly computed?: readonly Computed[];
  /** Of the layer's left and top edge. */
  readonly x?: Offset;
  readonly y?: Offset;
  /** Of the layer's centre. */
  readonly xCenter?: Offset;
  readonly yCenter?: Offset;
  /** Point of the picture below from which offsets count. */
  readonly anchor?: Position;
  /** Where the layer stands when no offset is given. */
  readonly focus?: Position;
  readonly mode?: LayerMode;
}

export type Alignment = 'left' | 'right' | 'center';

/** A built-in family in its canonical spelling, or a font file in the library. */
export type FontChoice =
  | { readonly kind: 'built-in'; readonly family: string }
  | { readonly kind: 'file'; readonly path: string };

export interface Typography {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strikethrough: boolean;
}

/** How a text is set. Lengths are pixels. */
export interface TextStyle {
  readonly computed?: readonly Computed[];
  /** Lines longer than this are wrapped. */
  readonly width?: number;
  readonly fontSize?: number;
  readonly font?: FontChoice;
  readonly colour?: Colour & { readonly named?: true };
  readonly align?: Alignment;
  /** Top, right, bottom, left. */
  readonly padding?: readonly [number, number, number, number];
  /** Opacity in tenths, 1..9. */
  readonly alpha?: number;
  readonly typography?: Typography;
  /** Of the box behind the text. */
  readonly background?: Colour;
  readonly radius?: Radius;
  readonly lineHeight?: number;
}

interface LayerOf<Kind extends string> {
  readonly kind: Kind;
  readonly placement: Placement;
  /** What is done to the layer before it is drawn. */
  readonly steps: readonly PlanStep[];
}

export interface ImageLayer extends LayerOf<'image'> {
  /** Path of the asset, with its leading slash. */
  readonly asset: string;
}

export interface TextLayer extends LayerOf<'text'> {
  readonly text: string;
  readonly style: TextStyle;
}

/** One colour; its size is what the first of its steps asks for. */
export interface CanvasLayer extends LayerOf<'canvas'> {
  readonly style: Pick<TextStyle, 'alpha' | 'computed'>;
}

export type Layer = ImageLayer | TextLayer | CanvasLayer;

/** What holds for the final encode, in whatever step it was written; the last one wins. */
export interface OutputSettings {
  readonly format: FormatChoice;
  /** 1..100 on the product's own perceptual scale; undefined where the URL names none. */
  readonly quality?: number;
  /** Where the URL asks for no quality: the endpoint's own. */
  readonly defaultQuality?: number;
  /** Where the URL asks for no format: the source's own. */
  readonly keepsFormat?: boolean;
  readonly progressive?: boolean;
  readonly lossless?: boolean;
  readonly computed?: readonly Computed[];
  /** Dots per inch that the result says of itself. */
  readonly density?: number;
  /** Keep all metadata (EXIF, GPS, XMP, IPTC). */
  readonly keepMetadata?: boolean;
  /** Keep the ICC profile instead of converting to sRGB. */
  readonly keepColourProfile?: boolean;
  /** Path of the asset that is shown when the asked one does not exist. */
  readonly defaultImage?: string;
}

export interface Plan {
  /** The source's bytes, untouched; everything else is ignored. */
  readonly original: boolean;
  readonly steps: readonly PlanStep[];
  readonly output: OutputSettings;
  /** Items that have no meaning here and were left out, as written. */
  readonly ignored: readonly string[];
}
