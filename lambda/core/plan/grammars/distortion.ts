import type { Corners, Distortion } from '../plan.ts';
import type { Grammar } from './grammar.ts';
import { fault, found } from './grammar.ts';
import { readNumber, writeNumber } from './number.ts';

const LARGEST = 8192;
const EXPECTED = `p- with four corners as x_y from the top left clockwise, whole numbers from N${LARGEST} to ${LARGEST}, the left ones left of the right ones and the upper above the lower ones, or a- with degrees from N360 to 360 but not 0`;

/** Perspective by four corners, or an arc. */
export const distortion: Grammar<Distortion> = {
  expected: EXPECTED,
  parse: (text) => {
    if (text.startsWith('a-')) {
      const degrees = readNumber(text.slice(2));
      const isArc = degrees !== undefined && degrees !== 0 && Math.abs(degrees) <= 360;
      return isArc ? found({ kind: 'arc', degrees: Math.round(degrees * 100) / 100 || 0.01 }) : fault(EXPECTED);
    }
    const corners = text.startsWith('p-') ? readCorners(text.slice(2)) : undefined;
    return corners ? found({ kind: 'perspective', corners }) : fault(EXPECTED);
  },
  format: (value) =>
    value.kind === 'arc' ? `a-${writeNumber(value.degrees)}` : `p-${value.corners.map(writeNumber).join('_')}`,
  samples: ['p-0_0_400_0_420_300_N20_300', 'p-50_0_350_20_400_300_0_280', 'a-180', 'a-N45', 'a-360'],
};

/**
 * Documented is the order around the picture; what some SDK samples write is row by row. Of the two only one makes a
 * picture that is not crossed.
 */
function readCorners(text: string): Corners | undefined {
  const numbers = text.split('_').map(readNumber);
  if (
    numbers.length !== 8 ||
    !numbers.every((one) => one !== undefined && Number.isInteger(one) && Math.abs(one) <= LARGEST)
  ) {
    return undefined;
  }
  const [x1, y1, x2, y2, x3, y3, x4, y4] = numbers.map((one) => (one as number) + 0) as unknown as Corners;
  const orders: Corners[] = [
    [x1, y1, x2, y2, x3, y3, x4, y4],
    [x1, y1, x2, y2, x4, y4, x3, y3],
  ];
  return orders.find(isUpright);
}

function isUpright([
  leftTop,
  topLeft,
  rightTop,
  topRight,
  rightBottom,
  bottomRight,
  leftBottom,
  bottomLeft,
]: Corners): boolean {
  const sides = Math.max(leftTop, leftBottom) < Math.min(rightTop, rightBottom);
  return sides && Math.max(topLeft, topRight) < Math.min(bottomLeft, bottomRight);
}
