import type { FormatClass } from '../../delivery/format-class.ts';
import type { Region } from '../geometry/size.ts';
import type { Plan } from '../plan.ts';
import { resolveOutput } from '../resolve.ts';
import type { LoadAsset } from './context.ts';
import { encode, type Rendered } from './encode.ts';
import { requireIsolation } from './isolation.ts';
import { mayRunLong } from './may-run-long.ts';
import { inspectAsset, openInspected } from './open-asset.ts';
import { chooseFormat } from './output-format.ts';
import { runSteps } from './pipeline.ts';
import { untouchedSource, winsUnseen } from './untouched.ts';

/** Carries out a plan in this process, as `render` does. @throws OnlyIsolated in a process where it may not be done */
export async function renderHere(
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
  if (mayRunLong(inspected, plan, accepts)) requireIsolation();
  const picture = await openInspected(inspected, plan);
  const initial = picture.size;
  const taken = await runSteps(picture, plan.steps, {
    load,
    initial,
    density: header.density,
    ...(focusArea && { focusArea }),
  });
  const sizes = { initial, current: picture.size, density: header.density };
  const output = { ...resolveOutput(plan.output, sizes), ...taken };
  const format = chooseFormat(output, accepts, header, picture);
  const rendered = await encode(picture, header, format, output);
  return untouched && untouched.bytes.byteLength <= rendered.bytes.byteLength ? untouched : rendered;
}
