import type { Deployment } from './deployment.ts';
import type { Library } from './library.ts';
import type { Media } from './media.ts';
import type { Sample } from './sample.ts';

/** What a check found. */
export type Verdict =
  | {
      readonly state: 'ok' | 'failed';
      /** The value that was measured, with its unit. */
      readonly measured: string;
      readonly sentence: string;
    }
  /** It could not be asked here; that is never a pass. */
  | { readonly state: 'not-asked'; readonly sentence: string };

/** One thing that `vitrine doctor` looks at. */
export interface Check {
  /** In the list of assumptions of docs/local-cloud.md. @default it is none of them */
  readonly number?: number;
  readonly title: string;
  /** What it throws counts as failed, with the error's message. */
  readonly run: (deps: DoctorDeps) => Promise<Verdict>;
}

export interface DoctorDeps {
  readonly deployment: Deployment;
  readonly media: Media;
  readonly library: Library;
  /** A picture in the library, which is there for as long as the doctor runs. */
  readonly sample: Sample;
  readonly clock: Clock;
  /** An address of the caller, which may be blocked for a minute. */
  readonly ownAddress?: string | undefined;
  /** True: calls that AWS charges for may be made. */
  readonly mayCost: boolean;
  /** True: large files may be sent. */
  readonly mayUpload: boolean;
}

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export const ok = (measured: string, sentence: string): Verdict => ({ state: 'ok', measured, sentence });
export const failed = (measured: string, sentence: string): Verdict => ({ state: 'failed', measured, sentence });
export const notAsked = (sentence: string): Verdict => ({ state: 'not-asked', sentence });

/** Of two sentences the one that is true. */
export const judge = (isOk: boolean, measured: string, good: string, bad: string): Verdict =>
  isOk ? ok(measured, good) : failed(measured, bad);

/** What only an account of AWS can answer. */
export const ONLY_IN_AWS = notAsked('Only an account of AWS can answer this.');
