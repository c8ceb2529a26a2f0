import type { FormatClass } from '../../delivery/format-class.ts';
import { problem } from '../../errors.ts';
import type { Region } from '../geometry/size.ts';
import type { Plan } from '../plan.ts';
import type { LoadAsset } from './context.ts';
import { encode, type Rendered } from './encode.ts';
import { withinTimeLimit } from './engine.ts';
import { inspectAsset, openInspected } from './open-asset.ts';
import { chooseFormat } from './output-format.ts';
import { runSteps } from './pipeline.ts';
import { untouchedSource, winsUnseen } from './untouched.ts';

export type { LoadAsset } from './context.ts';
export type { Rendered } from './encode.ts';
export type { FormatClass };

/**
 * Carries out a plan on an image's bytes. The same arguments give the same bytes, on every machine of one architecture.
 * A plan for the original's own bytes (`plan.original`) needs no render and is not for this function.
 * @param accepts the best that the client can show, for the automatic choice of format
 * @param load gives the other assets that the plan draws on the picture, when their turn comes; most plans draw none
 * @param focusArea part of the source, upright, that its owner wants crops to keep
 * @throws Problem of code source.unreadable, source.limit, transformation.* or render.timeout, and what `load` throws
 */
export function render(
  source: Uint8Array,
  plan: Plan,
  accepts: FormatClass,
  load: LoadAsset = nothingElse,
  focusArea?: Region,
): Promise<Rendered> {
  return withinTimeLimit(() => renderNow(source, plan, accepts, load, focusArea));
}

async function renderNow(
  source: Uint8Array,
  plan: Plan,
  accepts: FormatClass,
  load: LoadAsset,
  focusArea: Region | undefined,
): Promise<Rendered> {
  const inspected = await inspectAsset(source, plan);
  const { header } = inspected;
  const untouched = untouchedSource(header, plan, accepts);
  if (untouched && winsUnseen(untouched, header, accepts)) return untouched;
  const picture = await openInspected(inspected, plan);
  const taken = await runSteps(picture, plan.steps, {
    load,
    initial: picture.size,
    density: header.density,
    ...(focusArea && { focusArea }),
  });
  const output = { ...plan.output, ...taken };
  const format = chooseFormat(output, accepts, header, picture);
  const rendered = await encode(picture, header, format, output);
  return untouched && untouched.bytes.byteLength <= rendered.bytes.byteLength ? untouched : rendered;
}

const nothingElse: LoadAsset = async (path) => {
  throw problem('asset.not-found', `There is no other asset ${path}.`);
};
