import { LIMITS } from '../../contract/limits.ts';
import type { ProblemCode } from '../kernel/problems.ts';
import { Problem } from '../kernel/problems.ts';
import { asksNothing } from '../plan/asks-nothing.ts';
import type { DeliveryJob, Fallback } from './delivery-job.ts';
import { hidesFile } from './delivery-job.ts';
import { SVG } from './file-kinds.ts';

/** Reasons that a file has, and reasons that a machine has at the moment. */
const LASTING: readonly ProblemCode[] = ['source.limit', 'transformation.limit', 'source.unsupported'];
const PASSING: readonly ProblemCode[] = ['render.timeout', 'render.memory'];

/**
 * Whether a plain URL is answered with the file although it cannot be made into a picture: its client asked for nothing
 * else. An SVG never is, as it could run scripts; nor a file of which only what names make of it may be seen.
 */
export function mayFallBack(job: Pick<DeliveryJob, 'plan' | 'asset' | 'variant'>): boolean {
  return asksNothing(job.plan) && job.asset.contentType !== SVG && !hidesFile(job);
}

/** The reason that is known by the record of the file alone: nothing is read then. */
export function knownFallback(job: DeliveryJob): Fallback | undefined {
  const { size, width = 0, height = 0, fileType } = job.asset;
  if (fileType !== 'image' || job.isDefault || !mayFallBack(job)) return undefined;
  const isTooLarge = Math.max(width, height) > LIMITS.outputSide || width * height > LIMITS.outputPixels;
  if (size <= LIMITS.sourceBytes && !isTooLarge) return undefined;
  const found = isTooLarge ? `${width} x ${height} pixels` : `${size} bytes`;
  const limit = isTooLarge
    ? `${LIMITS.outputSide} pixels a side and ${LIMITS.outputPixels} in all`
    : `${LIMITS.sourceBytes} bytes`;
  return { reason: `the file has ${found}; what is made anew may have at most ${limit}`, isPassing: false };
}

/** The reason that a failed render gives; undefined where it is no reason to deliver the file. */
export function fallbackAfter(job: DeliveryJob, error: unknown): Fallback | undefined {
  if (!(error instanceof Problem) || !mayFallBack(job)) return undefined;
  const isPassing = PASSING.includes(error.code);
  return isPassing || LASTING.includes(error.code) ? { reason: error.message, isPassing } : undefined;
}
