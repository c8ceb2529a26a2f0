import type { OutputSettings } from '../../plan/plan.ts';
import type { SourceHeader } from './header.ts';

/** How many of a source's frames an output needs: JPEG, PNG and AVIF show the first. */
export function framesNeeded({ format }: OutputSettings, { frames }: SourceHeader): number {
  return format === 'jpeg' || format === 'png' || format === 'avif' ? 1 : frames;
}

/** Whether colours stay in the source's own space, because its profile goes with them. */
export const keepsProfile = (output: OutputSettings, header: SourceHeader, frames: number): boolean =>
  keepsAnything(output) && !isTurnedAnimation(header, frames);

/** Whether anything of the source's metadata goes into the output. */
export const keepsAnything = ({ keepColourProfile, keepMetadata }: OutputSettings): boolean =>
  Boolean(keepColourProfile || keepMetadata);

/** sharp does not set animations upright, so it does not take away the tag either; overwriting it costs the profile. */
const isTurnedAnimation = ({ orientation }: SourceHeader, frames: number): boolean => frames > 1 && orientation > 1;
