import type { Area, Point } from './query.ts';

/** Mean radius of the earth (IUGG). */
const EARTH_KILOMETRES = 6371.0088;

/** Whether a place lies in an area; its edge belongs to it. */
export function isInArea(place: Point, area: Area): boolean {
  if (!('corners' in area)) return distance(place, area.centre) <= area.kilometres;
  const [a, b] = area.corners;
  if (area.corners.length === 2) {
    return isBetween(place.latitude, a.latitude, b.latitude) && isBetween(place.longitude, a.longitude, b.longitude);
  }
  return isInPolygon(place, area.corners);
}

const isBetween = (value: number, one: number, other: number): boolean =>
  value >= Math.min(one, other) && value <= Math.max(one, other);

/** Great-circle distance in kilometres, by the haversine formula. */
function distance(one: Point, other: Point): number {
  const [latitude, otherLatitude] = [radians(one.latitude), radians(other.latitude)];
  const halfSides =
    Math.sin((otherLatitude - latitude) / 2) ** 2 +
    Math.cos(latitude) * Math.cos(otherLatitude) * Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  return 2 * EARTH_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(halfSides)));
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A ray from the place to the north crosses the border an odd number of times. */
function isInPolygon({ latitude, longitude }: Point, corners: readonly Point[]): boolean {
  let isInside = false;
  corners.forEach((from, index) => {
    const to = corners[(index + 1) % corners.length] as Point;
    if (from.longitude > longitude === to.longitude > longitude) return;
    const share = (longitude - from.longitude) / (to.longitude - from.longitude);
    if (latitude < from.latitude + share * (to.latitude - from.latitude)) isInside = !isInside;
  });
  return isInside;
}
