import { problem } from '../kernel/problems.ts';
import { asksNothing } from '../plan/asks-nothing.ts';
import { keepsVectors } from '../plan/keeps-vectors.ts';
import { hasBuiltInName } from '../settings/named-transformations/built-in-names.ts';
import type { DeliveryJob } from './delivery-job.ts';

export const SVG = 'image/svg+xml';

/** Whether the answer is the original's own bytes: the file is no picture, or the URL asks for the original. */
export function passesThrough({ asset, plan, variant }: DeliveryJob): boolean {
  return plan.original || variant.url.original || asset.fileType === 'non-image';
}

/** Whether a request is answered with an SVG as an SVG. */
export function staysSvg(job: DeliveryJob): boolean {
  return job.asset.contentType === SVG && !passesThrough(job) && keepsVectors(job.plan);
}

/** Whether a thumbnail is asked for by one of the names that every account has. */
export const asksForThumbnail = ({ plan, variant }: DeliveryJob): boolean =>
  !plan.original && !variant.url.original && hasBuiltInName(variant.url.steps);

/**
 * What a URL asks of a file that is not transformed, as written: the file is delivered all the same, and the items are named
 * in `x-vitrine-ignored`. One rule for every kind of file that has no decoder here (docs/formats.md).
 * @throws Problem source.unsupported on a strict endpoint, and for a private file: whose URL was signed for a picture of it
 * has not been given the file
 */
export function unmetItems({ asset, plan, variant }: DeliveryJob): readonly string[] {
  if (plan.original || variant.url.original || asksNothing(plan)) return [];
  if (variant.settings.strict || asset.isPrivate) {
    throw problem(
      'source.unsupported',
      `A file of the type ${asset.contentType} cannot be turned into a picture: there is no decoder for it here. Without a transformation it is delivered as it is.`,
    );
  }
  return variant.url.steps.flat();
}
