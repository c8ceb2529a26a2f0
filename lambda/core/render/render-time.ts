import { LIMITS } from '../../contract/limits.ts';
import type { EncodingCare } from './output/better-encoding.ts';

/**
 * Milliseconds that a better encoding may take, decoding and steps included: nobody waits for it, but the function that makes
 * it ends after thirty seconds.
 */
const BETTER_MILLISECONDS = 18_000;

export const millisecondsFor = (care: EncodingCare): number =>
  care === 'first' ? LIMITS.renderMilliseconds : BETTER_MILLISECONDS;
