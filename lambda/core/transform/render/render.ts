import type { FormatClass } from '../../delivery/format-class.ts';
import type { Plan } from '../plan.ts';
import { encode, type Rendered } from './encode.ts';
import { withinTimeLimit } from './engine.ts';
import { guardBytes, guardSource } from './guard.ts';
import { readHeader } from './header.ts';
import { keepsProfile } from './keep-metadata.ts';
import { openSource } from './open-source.ts';
import { chooseFormat, framesNeeded } from './output-format.ts';
import { runSteps } from './pipeline.ts';
import { untouchedSource, winsUnseen } from './untouched.ts';

export type { Rendered } from './encode.ts';
export type { FormatClass };

/**
 * Carries out a plan on an image's bytes. The same arguments give the same bytes, on every machine of one architecture.
 * A plan for the original's own bytes (`plan.original`) needs no render and is not for this function.
 * @param accepts the best that the client can show, for the automatic choice of format
 * @throws Problem of code source.unreadable, source.limit, transformation.unsupported, transformation.limit or
 *   render.timeout, and what the geometry throws
 */
export function render(source: Uint8Array, plan: Plan, accepts: FormatClass): Promise<Rendered> {
  return withinTimeLimit(() => renderNow(source, plan, accepts));
}

async function renderNow(source: Uint8Array, plan: Plan, accepts: FormatClass): Promise<Rendered> {
  guardBytes(source);
  const header = await readHeader(source);
  const frames = framesNeeded(plan.output, header);
  guardSource(header, frames);
  const untouched = untouchedSource(header, plan, accepts);
  if (untouched && winsUnseen(untouched, header, accepts)) return untouched;
  const picture = await openSource(header, frames, keepsProfile(plan.output, header, frames));
  await runSteps(picture, plan.steps);
  const format = chooseFormat(plan.output, accepts, header, picture);
  const rendered = await encode(picture, header, format, plan.output);
  return untouched && untouched.bytes.byteLength <= rendered.bytes.byteLength ? untouched : rendered;
}
