import type { Region } from '../plan/geometry/size.ts';
import type { Plan } from '../plan/plan.ts';
import type { LoadAsset } from '../render/context.ts';
import type { EncodingCare } from '../render/output/better-encoding.ts';
import type { FormatClass } from '../request/format-class.ts';

/** A finished picture. */
export interface RenderedImage {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** Also the extension under which it is saved. */
  readonly format: string;
  /** Of one frame, pixels. */
  readonly width: number;
  /** What of the source the picture lacks, in a word: `animation`. */
  readonly leftOut?: readonly string[];
  /** What the limits made smaller, in words: `16 x 8192 instead of 100 x 51200`. */
  readonly limited?: string;
  /** What the crop of each step kept, in pixels of the step's input; missing where none looked for anything. */
  readonly interests?: readonly (Region | null)[];
  /** What a better encoding would go over, pixels of all frames. Missing when no budget allows one. */
  readonly improvable?: { readonly pixels: number };
}

/** Leaves out of an SVG what runs or loads. @throws Problem of a source.* or render.* code */
export type SanitiseSvg = (source: Uint8Array) => Promise<Uint8Array>;

/** Carries out a plan. @throws Problem of a transformation.*, source.* or render.* code */
export type RenderImage = (
  source: Uint8Array,
  plan: Plan,
  accepts: FormatClass,
  load: LoadAsset,
  focusArea?: Region,
  care?: EncodingCare,
) => Promise<RenderedImage>;
