import { problem } from '../kernel/problems.ts';
import { keepsVectors } from '../plan/keeps-vectors.ts';
import type { DeliveryJob } from './delivery-job.ts';

export const SVG = 'image/svg+xml';

/** Types of pictures and documents that the renderer cannot read. */
const UNRENDERED: ReadonlyMap<string, string> = new Map([
  ['application/pdf', 'PDF'],
  ['application/postscript', 'PostScript'],
  ['image/vnd.adobe.photoshop', 'PSD'],
  ['image/heic', 'HEIC'],
  ['image/heic-sequence', 'HEIC'],
  ['image/heif', 'HEIF'],
  ['image/heif-sequence', 'HEIF'],
]);

/** Whether the answer is the original's own bytes: the file is no picture, or the URL asks for the original. */
export function passesThrough({ asset, plan, variant }: DeliveryJob): boolean {
  return plan.original || variant.url.original || asset.fileType === 'non-image';
}

/** Whether a request is answered with an SVG as an SVG. */
export function staysSvg(job: DeliveryJob): boolean {
  return job.asset.contentType === SVG && !passesThrough(job) && keepsVectors(job.plan);
}

/**
 * Refuses to hand out a whole document where a picture of it was asked for. Files that nobody takes for pictures are
 * delivered as they are, whatever the URL asks for (ImageKit, "Supported file formats").
 * @throws Problem transformation.unsupported
 */
export function refuseUnrendered({ asset, plan, variant }: DeliveryJob): void {
  const kind = asset.fileType === 'non-image' ? UNRENDERED.get(asset.contentType) : undefined;
  if (!kind || plan.original || variant.url.original || keepsVectors(plan)) return;
  throw problem(
    'transformation.unsupported',
    `A ${kind} file cannot be turned into a picture here: there is no decoder for it. Without a transformation it is delivered as it is.`,
  );
}
