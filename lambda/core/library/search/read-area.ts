import type { Point, SearchValue } from './query.ts';

const POINT = /^\s*(-?\d{1,2}(?:\.\d{1,12})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,12})?)\s*$/;
const CIRCLE = /^(.+?)\s+(\d{1,5}(?:\.\d{1,6})?)\s*(?:km)?\s*$/;

/** Characters that four corners may need; patterns are tried on no more. */
const LONGEST = 200;

/** An area: `lat,lng radius` in kilometres, or two or four corners with `|` between them. */
export function readArea(text: string): SearchValue | undefined {
  if (text.length > LONGEST) return undefined;
  if (text.includes('|')) return readCorners(text.split('|').map(readPoint));
  const [, place = '', kilometres = ''] = CIRCLE.exec(text) ?? [];
  const centre = readPoint(place);
  return centre && { kind: 'area', area: { centre, kilometres: Number(kilometres) } };
}

function readCorners(points: readonly (Point | undefined)[]): SearchValue | undefined {
  const corners = points.filter((point) => point !== undefined);
  const [a, b, c, d] = corners;
  if (corners.length !== points.length || !a || !b) return undefined;
  if (corners.length === 2) return { kind: 'area', area: { corners: [a, b] } };
  return corners.length === 4 && c && d ? { kind: 'area', area: { corners: [a, b, c, d] } } : undefined;
}

function readPoint(text: string): Point | undefined {
  const [, latitude, longitude] = POINT.exec(text) ?? [];
  const point = { latitude: Number(latitude) + 0, longitude: Number(longitude) + 0 };
  return Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180 ? point : undefined;
}
