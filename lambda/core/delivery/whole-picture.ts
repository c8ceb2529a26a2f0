import { Problem } from '../kernel/problems.ts';
import { outputSizeAfter } from '../plan/geometry/output-size.ts';
import type { Size } from '../plan/geometry/size.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { isBranching } from '../plan/plan.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { isRespelled } from './delivery-job.ts';
import { attachmentOf } from './media-url.ts';

/** What a step may say that only makes the picture larger or smaller. */
const SIZES: ReadonlySet<string> = new Set(['width', 'height', 'crop', 'dpr'] satisfies (keyof Step)[]);

/** What an encoding may say that leaves the picture the same to look at. */
const ENCODINGS: ReadonlySet<string> = new Set(['format', 'quality', 'defaultQuality', 'keepsFormat', 'progressive']);

/**
 * The size of the picture that a job asks for, if it shows the whole file as it is and nothing else, to everybody: no crop, effect, layer or
 * name, no other answer for other clients, no file to be saved. A signature is for the size that was signed. So any such picture
 * of a file may stand for any other one.
 * @returns undefined for every other picture
 */
export function wholePictureOf(job: DeliveryJob): Size | undefined {
  const { plan, asset, names, variant } = job;
  const { width, height } = asset;
  if (width === undefined || height === undefined || variant.access !== 'open' || asset.isPrivate) return undefined;
  if (job.isDefault || isRespelled(job) || names.size > 0 || variant.url.varies || attachmentOf(variant.url))
    return undefined;
  const step = onlySizes(plan);
  return step && sizeThatKeeps({ width, height }, step);
}

function onlySizes({ original, steps, output }: Plan): Step | undefined {
  const [step = {}, ...more] = steps;
  if (original || more.length > 0 || isBranching(step)) return undefined;
  const isPlain = Object.keys(step).every((name) => SIZES.has(name));
  return isPlain && Object.keys(output).every((name) => ENCODINGS.has(name)) ? step : undefined;
}

/** @returns undefined when the step cuts off more than a pixel that rounding leaves, or pulls out of shape */
function sizeThatKeeps(file: Size, step: Step): Size | undefined {
  try {
    const size = outputSizeAfter(step, file);
    const difference = Math.abs(size.width * file.height - size.height * file.width);
    return difference <= Math.max(file.width, file.height) ? size : undefined;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
