import { problem } from '../../kernel/problems.ts';
import type { Plan, PlanStep } from '../../plan/plan.ts';
import { isBranching } from '../../plan/plan.ts';
import type { Picture } from '../picture/picture.ts';
import { guardBytes, guardSource } from './guard.ts';
import type { SourceHeader } from './header.ts';
import { readHeader } from './header.ts';
import { openSource } from './open-source.ts';
import { framesNeeded, keepsProfile } from './output-needs.ts';

/** What a file's header says, and which of its frames are wanted. */
export interface InspectedAsset {
  readonly header: SourceHeader;
  readonly frames: number;
}

/**
 * Looks at a file before its pixels: what is too large is refused by its header alone.
 * @throws Problem source.unreadable, .unsupported or .limit, transformation.unsupported, or .invalid for a page that it lacks
 */
export async function inspectAsset(
  bytes: Uint8Array,
  { steps, output }: Pick<Plan, 'steps' | 'output'>,
): Promise<InspectedAsset> {
  guardBytes(bytes);
  const page = pageOf(steps);
  const header = await readHeader(bytes, page);
  const branches = steps.some(isBranching);
  if (branches && header.frames > 1) {
    throw problem('transformation.unsupported', 'A condition cannot be asked about an animation.');
  }
  const frames = page === undefined ? framesNeeded(output, header) : 1;
  guardSource(header, frames);
  return { header, frames };
}

/** Opens a file as the picture that a plan begins with, upright. */
export function openInspected({ header, frames }: InspectedAsset, { output }: Pick<Plan, 'output'>): Promise<Picture> {
  return openSource(header, frames, keepsProfile(output, header, frames));
}

/** The last one asked for counts. */
function pageOf(steps: readonly PlanStep[]): number | undefined {
  return steps.flatMap((step) => (isBranching(step) || step.page === undefined ? [] : [step.page])).at(-1);
}
