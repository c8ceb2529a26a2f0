import type { Region, Size } from '../plan/geometry/size.ts';
import { resolveOutput } from '../plan/resolve.ts';
import type { LoadAsset } from './context.ts';
import { requireIsolation } from './isolated/isolation.ts';
import { mayRunLong, secondsBeforeEncoding } from './may-run-long.ts';
import type { Order } from './order.ts';
import { affordableFormat } from './output/affordable-format.ts';
import { encode, type Rendered } from './output/encode.ts';
import { movingPng, untouchedSource, winsUnseen } from './output/untouched.ts';
import { guardOutput } from './picture/guard-output.ts';
import { runSteps } from './pipeline.ts';
import type { SourceHeader } from './source/header.ts';
import { inspectAsset, openInspected } from './source/open-asset.ts';

/** Carries out a plan in this process, as `render` does. @throws OnlyIsolated in a process where it may not be done */
export async function renderHere(source: Uint8Array, order: Order, load: LoadAsset): Promise<Rendered> {
  const { plan, accepts, focusArea, care } = order;
  const inspected = await inspectAsset(source, plan);
  const { header } = inspected;
  const moving = movingPng(header, plan);
  if (moving) return moving;
  const untouched = untouchedSource(header, plan, accepts);
  if (untouched && winsUnseen(untouched, header, accepts)) return untouched;
  // Known without a pixel, so it is no matter of time.
  if (plan.steps.every((step) => Object.keys(step).length === 0)) guardOutput(header.size, inspected.frames);
  if (mayRunLong(inspected, order)) requireIsolation();
  const picture = await openInspected(inspected, plan);
  const initial = picture.size;
  let limited: string | undefined;
  const interests: (Region | null)[] = [];
  const taken = await runSteps(picture, plan.steps, {
    load,
    initial,
    noteLimited: (made, unlimited) => {
      limited ??= `${sides(made)} instead of ${sides(unlimited)}`;
    },
    noteInterest: (interest) => interests.push(interest ?? null),
    density: header.density,
    ...(focusArea && { focusArea }),
  });
  const sizes = { initial, current: picture.size, density: header.density };
  const output = { ...resolveOutput(plan.output, sizes), ...taken };
  const spent = secondsBeforeEncoding(inspected, plan);
  const format = await affordableFormat({ output, accepts, header, picture, spent });
  const encoded = await encode(picture, header, format, { ...output, care });
  const rendered = {
    ...encoded,
    ...stillness(header, picture.frames),
    ...(limited && { limited }),
    ...(interests.some((interest) => interest) && { interests }),
  };
  return untouched && untouched.bytes.byteLength <= rendered.bytes.byteLength ? untouched : rendered;
}

const sides = ({ width, height }: Size): string => `${width} x ${height}`;

/** A picture that stands still of a file that moves says so; whoever asks for one page of it knows. */
function stillness({ frames, isAnimatedPng, page }: SourceHeader, made: number): Pick<Rendered, 'leftOut'> {
  return made === 1 && page === undefined && (frames > 1 || isAnimatedPng) ? { leftOut: ['animation'] } : {};
}
