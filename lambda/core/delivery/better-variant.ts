import type { EncodingBudget } from '../../contract/encoding-budget.ts';
import type { OutputFormat } from '../plan/plan.ts';
import { type BetterEncoding, betterEncoding } from '../render/output/better-encoding.ts';
import type { RenderedImage } from './render-image.ts';

/** Milliseconds that a picture is expected to be asked for as it was between its first two requests. */
const HORIZON = 30 * 24 * 3_600_000;

/** The shortest time that is believed: a page that is loaded twice in a minute is not loaded so for a month. */
const SHORTEST = 3_600_000;

/** Milliseconds within which the locations of the CDN ask for the first time; what comes then says nothing of the next month. */
export const FIRST_MILLISECONDS = 60_000;

/**
 * What becomes of a first answer. `final`: it is stored for good. `waits`: it is put beside the variant's key, until somebody asks
 * again. `followed`: it is stored, and a better encoding right after it.
 */
export type Fate = 'final' | 'waits' | 'followed';

export function fateOf(budget: EncodingBudget, image: RenderedImage): Fate {
  const better = image.improvable && betterOf(budget, image.format, image.improvable.pixels);
  if (!better) return 'final';
  if (budget.level === 'most') return 'followed';
  return mayPay(budget, better, image.bytes.byteLength) ? 'waits' : 'final';
}

/** The better encoding that the owner's level allows. */
export function betterOf({ level }: EncodingBudget, format: string, pixels: number): BetterEncoding | undefined {
  return level === 'off' ? undefined : betterEncoding(format as OutputFormat, pixels, level);
}

/**
 * Whether a picture that is asked for again after some time will be asked for so often that a better encoding pays: requests
 * times bytes saved, against processor time, both in bytes that CloudFront sends for the money (docs/performance.md).
 * @param bytes of the first answer
 * @param age milliseconds between the first two requests
 */
export function pays(budget: EncodingBudget, better: BetterEncoding, bytes: number, age: number): boolean {
  return bytesSaved(better, bytes, age) > better.seconds * budget.bytesOfSecond;
}

/** Whether a first answer may wait for its second request at all: small ones save less than it costs to store another one. */
function mayPay(budget: EncodingBudget, better: BetterEncoding, bytes: number): boolean {
  return bytesSaved(better, bytes, SHORTEST) > better.seconds * budget.bytesOfSecond + budget.bytesOfStore;
}

const bytesSaved = ({ saves }: BetterEncoding, bytes: number, age: number): number =>
  (HORIZON / Math.max(age, SHORTEST)) * saves * bytes;
