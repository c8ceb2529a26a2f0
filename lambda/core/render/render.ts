import { LIMITS } from '../../contract/limits.ts';
import { Problem, problem } from '../kernel/problems.ts';
import { asksNothing } from '../plan/asks-nothing.ts';
import type { Region } from '../plan/geometry/size.ts';
import type { Plan } from '../plan/plan.ts';
import type { FormatClass } from '../request/format-class.ts';
import type { LoadAsset } from './context.ts';
import { timeout, withinTimeLimit } from './engine.ts';
import { OnlyIsolated } from './isolated/isolation.ts';
import type { Job } from './isolated/messages.ts';
import { runIsolated } from './isolated/run-isolated.ts';
import type { Order } from './order.ts';
import type { EncodingCare } from './output/better-encoding.ts';
import type { Rendered } from './output/encode.ts';
import { renderHere } from './render-here.ts';
import { millisecondsFor } from './render-time.ts';

export type { LoadAsset } from './context.ts';
export type { Rendered } from './output/encode.ts';
export type { FormatClass };

/**
 * Carries out a plan on an image's bytes. The same arguments give the same bytes, on every machine of one architecture,
 * whether it is done here or, because it may run long, in a child process.
 * A plan for the original's own bytes (`plan.original`) needs no render and is not for this function.
 * @param accepts the best that the client can show, for the automatic choice of format
 * @param load gives the other assets that the plan draws on the picture, when their turn comes; most plans draw none
 * @param focusArea part of the source, upright, that its owner wants crops to keep
 * @param care `first` for an answer that is waited for; better encodings may take eighteen seconds, and look the same
 * @throws Problem of code source.unreadable, source.limit, transformation.*, render.*, and what `load` throws
 */
export async function render(
  source: Uint8Array,
  plan: Plan,
  accepts: FormatClass,
  load: LoadAsset = nothingElse,
  focusArea?: Region,
  care: EncodingCare = 'first',
): Promise<Rendered> {
  const job = { source, plan, load: remembering(load), care, ...(focusArea && { focusArea }) };
  if (care !== 'first') return attempt(job, accepts, millisecondsFor(care));
  const started = performance.now();
  if (!hasLesserForm(plan, accepts)) return attempt(job, accepts, LIMITS.renderMilliseconds);
  try {
    return await attempt(job, accepts, EARLY * LIMITS.renderMilliseconds);
  } catch (error) {
    if (!isTooMuch(error) || asksNothing(plan)) throw error;
  }
  // What every client shows takes a fifth of the time.
  return attempt(job, 'plain', LIMITS.renderMilliseconds - (performance.now() - started));
}

/** Part of the time limit after which a picture is given up that can be had in a lesser form. */
const EARLY = 0.5;

/** Whether the choice of format is ours, and there is a cheaper one; of a plain URL, that is the file itself. */
const hasLesserForm = (plan: Plan, accepts: FormatClass): boolean =>
  asksNothing(plan) || (plan.output.format === 'auto' && accepts !== 'plain');

const isTooMuch = (error: unknown): boolean =>
  error instanceof Problem && (error.code === 'render.timeout' || error.code === 'render.memory');

interface RenderJob extends Omit<Order, 'accepts'> {
  readonly source: Uint8Array;
  readonly load: LoadAsset;
}

async function attempt(job: RenderJob, accepts: FormatClass, milliseconds: number): Promise<Rendered> {
  const { source, load, ...asked } = job;
  const started = performance.now();
  try {
    return await withinTimeLimit(() => renderHere(source, { ...asked, accepts }, load), milliseconds);
  } catch (error) {
    if (!(error instanceof OnlyIsolated)) throw error;
  }
  const task = { kind: 'render', ...asked, accepts } as const;
  return renderIsolated({ task, source }, load, milliseconds - (performance.now() - started));
}

async function renderIsolated(job: Job, load: LoadAsset, milliseconds: number): Promise<Rendered> {
  if (milliseconds <= 0) throw timeout();
  const { bytes, picture } = await runIsolated(job, load, milliseconds);
  if (!picture) throw new Error('A render gave no picture');
  return { bytes, ...picture };
}

/** Loads each asset once, also when a render begins again in a child process. */
function remembering(load: LoadAsset): LoadAsset {
  const loaded = new Map<string, Promise<Uint8Array>>();
  return (path) => {
    const known = loaded.get(path) ?? load(path);
    loaded.set(path, known);
    return known;
  };
}

const nothingElse: LoadAsset = async (path) => {
  throw problem('asset.not-found', `There is no other asset ${path}.`);
};
