import { outputSizeAfter } from '../plan/geometry/output-size.ts';
import type { Size } from '../plan/geometry/size.ts';
import { workOfStep } from '../plan/operations/work-of-step.ts';
import type { OutputFormat, Plan, PlanStep, Step } from '../plan/plan.ts';
import { isBranching } from '../plan/plan.ts';
import { resolveStep } from '../plan/resolve.ts';
import type { FormatClass } from '../request/format-class.ts';
import type { Order } from './order.ts';
import { betterEncoding } from './output/better-encoding.ts';
import type { InspectedAsset } from './source/open-asset.ts';

/** Seconds of one processor above which a render is done in a child process: a tenth of it is what the way there costs. */
const LONG = 1;

/** Pixels of an AVIF above which its decoder's memory (15 bytes a pixel) is a child's too. */
const LARGE_AVIF = 8_000_000;

/** Seconds for a pixel that is decoded, of the slowest file in its format. */
const DECODING = 15e-9;

/** Seconds for a pixel that is encoded, busy picture, with the effort that `effort.ts` takes for large ones. */
const ENCODING: Readonly<Record<OutputFormat | 'losslessWebp', number>> = {
  jpeg: 20e-9,
  png: 120e-9,
  webp: 140e-9,
  avif: 120e-9,
  gif: 900e-9,
  losslessWebp: 900e-9,
};

/** Seconds for a pixel of what a step does, where that is more than a copy. */
const COPYING = 4e-9;
const LOOPING = 60e-9;
const BLURRING = 1e-9;

/**
 * Whether a render may take so long, or so much memory, that it belongs into a process that can be killed. An estimate
 * from header and plan, on the safe side; it decides where a picture is made, never how it looks.
 */
export function mayRunLong({ header, frames }: InspectedAsset, { plan, accepts, care }: Order): boolean {
  if (isHeavySource({ header, frames })) return true;
  const { size, seconds } = throughSteps(plan.steps, header.size);
  const format = likelyFormat(plan, accepts, { header, frames });
  const each = area(header.size) * DECODING + seconds + area(size) * ENCODING[format];
  const better =
    care === 'first' || format === 'losslessWebp' ? undefined : betterEncoding(format, area(size) * frames, care);
  return each * frames + (better?.seconds ?? 0) > LONG;
}

/** Seconds of one processor that a picture takes until it can be encoded. */
export function secondsBeforeEncoding({ header, frames }: InspectedAsset, plan: Plan): number {
  return (area(header.size) * DECODING + throughSteps(plan.steps, header.size).seconds) * frames;
}

/** Whether a file is much to decode, whatever is done with it then. Of layers this is known last. */
export function isHeavySource({ header: { size, format }, frames }: InspectedAsset): boolean {
  const pixels = area(size);
  return format === 'svg' || (format === 'avif' && pixels > LARGE_AVIF) || pixels * frames * DECODING > LONG;
}

/** What the steps come to: the size after them and their seconds. A step that will be refused ends the count. */
function throughSteps(steps: readonly PlanStep[], initial: Size): { size: Size; seconds: number } {
  let size = initial;
  let seconds = 0;
  try {
    for (const step of steps.flatMap(possibleSteps)) {
      const resolved = resolveStep(step, { initial, current: size });
      const output = outputSizeAfter(resolved, size);
      seconds += Math.max(area(output), area(size) / 8) * secondsAPixel(resolved);
      for (const { steps: own } of resolved.layers ?? []) seconds += throughSteps(own, output).seconds;
      size = output;
    }
  } catch {
    // The render itself will say it, and encode nothing.
    size = NOTHING;
  }
  return { size, seconds };
}

const NOTHING: Size = { width: 0, height: 0 };

/** Both branches of a condition: one of them will be taken. */
const possibleSteps = (step: PlanStep): readonly Step[] =>
  isBranching(step) ? [...step.whenTrue.steps, ...step.whenFalse.steps] : [step];

function secondsAPixel(step: Step): number {
  const { loops, blurRadius } = workOfStep(step);
  return COPYING + loops * LOOPING + blurRadius * BLURRING;
}

function likelyFormat({ output }: Plan, accepts: FormatClass, asset: InspectedAsset): keyof typeof ENCODING {
  const { header, frames } = asset;
  const { format, lossless } = output;
  if (format === 'webp' || (format === 'auto' && accepts !== 'plain')) {
    if (lossless) return 'losslessWebp';
    return format === 'webp' || accepts === 'webp' || frames > 1 ? 'webp' : 'avif';
  }
  if (format !== 'auto' && format !== 'original') return format;
  if (frames > 1) return 'gif';
  return header.hasAlpha || header.format === 'png' || header.format === 'gif' ? 'png' : 'jpeg';
}

const area = ({ width, height }: Size): number => width * height;
