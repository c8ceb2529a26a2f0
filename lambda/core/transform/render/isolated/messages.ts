import type { FormatClass } from '../../../delivery/format-class.ts';
import type { ProblemCode } from '../../../errors.ts';
import type { Region } from '../../geometry/size.ts';
import type { OutputFormat, Plan } from '../../plan.ts';

/** What a child can be asked for. Everything in it travels by structured clone. */
export type Job =
  | {
      readonly kind: 'render';
      readonly source: Uint8Array;
      readonly plan: Plan;
      readonly accepts: FormatClass;
      readonly focusArea?: Region;
      /** The better encoding of a picture that has two, instead of the quick one. */
      readonly best: boolean;
    }
  | { readonly kind: 'sanitise'; readonly source: Uint8Array };

/** What comes of a job. */
export interface JobResult {
  readonly bytes: Uint8Array;
  /** Of a render. */
  readonly picture?: {
    readonly contentType: string;
    readonly format: OutputFormat;
    readonly width: number;
    readonly height: number;
    /** There is a better encoding. */
    readonly improves: boolean;
  };
}

/** A Problem on its way between processes. */
export interface CarriedProblem {
  readonly code: ProblemCode;
  readonly message: string;
}

export type ToChild =
  | { readonly kind: 'job'; readonly job: Job }
  | { readonly kind: 'asset'; readonly path: string; readonly bytes: Uint8Array }
  | { readonly kind: 'no-asset'; readonly path: string; readonly problem: CarriedProblem };

export type FromChild =
  | { readonly kind: 'done'; readonly result: JobResult }
  | { readonly kind: 'refused'; readonly problem: CarriedProblem }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'load'; readonly path: string };
