import type { Offset, Placement } from '../plan.ts';
import { anchored, shareOf } from './anchor.ts';
import type { Size } from './size.ts';

/** Whole pixels from the top left corner of the picture below; negative when the layer reaches out of it. */
export interface Corner {
  readonly left: number;
  readonly top: number;
}

/**
 * Where a layer is drawn (ImageKit, "Position of layer"). Each axis goes by its edge, else by its centre; when only the
 * other axis has an offset it is centred, and when none has one the focus decides. A layer placed by an offset stays
 * inside; one that is larger than what is below is cut off.
 */
export function layerCorner(placement: Placement, layer: Size, parent: Size): Corner {
  const { x, y, xCenter, yCenter, anchor, focus } = placement;
  const isPlaced = [x, y, xCenter, yCenter].some((offset) => offset !== undefined);
  const along = (axis: 'x' | 'y', edge: Offset | undefined, centre: Offset | undefined, own: number, whole: number) => {
    const share = anchor === undefined ? undefined : shareOf(anchor, axis);
    if (edge) return inside(edgeAt(edge, share, own, whole), own, whole);
    if (centre) return inside(Math.round(pointAt(centre, share, whole) - own / 2), own, whole);
    return anchored(isPlaced ? 'center' : focus, axis, own, whole);
  };
  return {
    left: along('x', x, xCenter, layer.width, parent.width),
    top: along('y', y, yCenter, layer.height, parent.height),
  };
}

/** Without an anchor an offset from the end is the gap behind the layer; with one it only changes direction. */
function edgeAt(edge: Offset, share: number | undefined, own: number, whole: number): number {
  if (share === undefined && edge.fromEnd) return whole - own - edge.value;
  return Math.round(pointAt(edge, share, whole));
}

function pointAt({ value, fromEnd }: Offset, share: number | undefined, whole: number): number {
  const from = share === undefined ? (fromEnd ? whole : 0) : share * whole;
  return fromEnd ? from - value : from + value;
}

const inside = (start: number, own: number, whole: number): number =>
  Math.min(Math.max(0, start), Math.max(0, whole - own));
