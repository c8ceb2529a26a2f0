/** A place in a picture, each from 0 to 1. */
export interface FocalPoint {
  readonly x: number;
  readonly y: number;
}

interface Pictured {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly customCoordinates: string | null;
}

/** Of the picture's sides, that a crop keeps around the point. */
const SHARE = 0.1;

/** The middle of the area that crops look at. @returns undefined when there is none */
export function pointOf({ width, height, customCoordinates }: Pictured): FocalPoint | undefined {
  const [x, y, w, h] = (customCoordinates ?? '').split(',').map(Number);
  if (x === undefined || y === undefined || w === undefined || h === undefined) return undefined;
  return { x: (x + w / 2) / width, y: (y + h / 2) / height };
}

/** The area around a point, inside of the picture, as the API takes it: `x,y,width,height` in whole pixels. */
export function areaAround({ x, y }: FocalPoint, { width, height }: Omit<Pictured, 'customCoordinates'>): string {
  const along = (share: number, side: number): readonly [from: number, length: number] => {
    const length = Math.max(1, Math.round(side * SHARE));
    return [Math.round(Math.max(0, Math.min(side - length, share * side - length / 2))), length];
  };
  const [left, areaWidth] = along(x, width);
  const [top, areaHeight] = along(y, height);
  return [left, top, areaWidth, areaHeight].join(',');
}
