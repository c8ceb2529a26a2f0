import { between, type Pixels, paintCanvas, type Rgba } from './canvas.ts';

const PAPER: Rgba = [244, 236, 220, 1];
const INK: Rgba = [32, 40, 66, 1];
const CIRCLES: readonly { readonly x: number; readonly y: number; readonly radius: number; readonly colour: Rgba }[] = [
  { x: 0.36, y: 0.3, radius: 0.24, colour: [226, 86, 74, 1] },
  { x: 0.66, y: 0.42, radius: 0.2, colour: [240, 176, 62, 1] },
  { x: 0.42, y: 0.58, radius: 0.17, colour: [58, 134, 150, 1] },
];
const ASPECT = 1.5;

/** A poster in portrait format, 640 x 960: three overlapping circles over stripes, with a frame. */
export function drawPoster(): Pixels {
  return paintCanvas(640, 960, (x, y) => {
    if (Math.min(x, 1 - x) < 0.05 || Math.min(y, 1 - y) < 0.05 / ASPECT) return INK;
    if (y > 0.78) return Math.floor((y - 0.78) * 60) % 2 === 0 ? INK : PAPER;
    return circlesAt(x, y);
  });
}

/** Where circles overlap their inks multiply, as in print. */
function circlesAt(x: number, y: number): Rgba {
  return CIRCLES.filter((circle) => Math.hypot(x - circle.x, (y - circle.y) * ASPECT) < circle.radius).reduce<Rgba>(
    (below, { colour }) => multiply(below, between(colour, PAPER, 0.12)),
    PAPER,
  );
}

function multiply(a: Rgba, b: Rgba): Rgba {
  return [(a[0] * b[0]) / 250, (a[1] * b[1]) / 250, (a[2] * b[2]) / 250, 1];
}
