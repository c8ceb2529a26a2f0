import type { PathRecord } from '../library/asset.ts';
import type { Region } from '../plan/geometry/size.ts';

/** The area of a file that its owner wants crops to keep: of the record's `x,y,width,height`. */
export function focusAreaOf({ customCoordinates }: Pick<PathRecord, 'customCoordinates'>): Region | undefined {
  const [left, top, width, height] = (customCoordinates ?? '').split(',').map(Number);
  if (left === undefined || top === undefined || !width || !height) return undefined;
  return { left, top, width, height };
}
