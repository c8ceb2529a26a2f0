import type { ProblemCode } from '../../kernel/problems.ts';
import type { Region } from '../../plan/geometry/size.ts';
import type { OutputFormat } from '../../plan/plan.ts';
import type { Order } from '../order.ts';

/** A render as it travels; its source does beside it. */
export interface RenderTask extends Order {
  readonly kind: 'render';
}

export type Task = RenderTask | { readonly kind: 'sanitise' };

/** What a child can be asked for. */
export interface Job {
  readonly task: Task;
  readonly source: Uint8Array;
}

/** What a render says of its picture. */
export interface MadePicture {
  readonly contentType: string;
  readonly format: OutputFormat;
  readonly width: number;
  readonly height: number;
  readonly leftOut?: readonly string[];
  readonly limited?: string;
  readonly interests?: readonly (Region | null)[];
  readonly improvable?: { readonly pixels: number };
}

/** What comes of a job. */
export interface JobResult {
  readonly bytes: Uint8Array;
  /** Of a render. */
  readonly picture?: MadePicture;
}

/** A Problem on its way between processes. */
export interface CarriedProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

/** Bytes travel beside the messages of kind `job` (the source) and `asset`. */
export type ToChild =
  | { readonly kind: 'job'; readonly task: Task }
  | { readonly kind: 'asset'; readonly path: string }
  | { readonly kind: 'no-asset'; readonly path: string; readonly problem: CarriedProblem };

/** How a job ends. */
export type Outcome =
  | { readonly kind: 'done'; readonly picture?: MadePicture }
  | { readonly kind: 'refused'; readonly problem: CarriedProblem }
  | { readonly kind: 'failed'; readonly message: string };

/** What an ended job says beside its outcome. */
export interface Ending {
  /** The child knows something now that no other job may meet: a font of the library. */
  readonly isLast: boolean;
}

/** Bytes travel beside the message of kind `done`. */
export type FromChild = (Outcome & Ending) | { readonly kind: 'load'; readonly path: string };

/** Where the child writes. Not its output: decoders print there. */
export const ANSWERS_DESCRIPTOR = 3;
