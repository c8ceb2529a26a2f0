import { between, type Pixels, paintCanvas, type Rgba } from './canvas.ts';

const CLEAR: Rgba = [255, 255, 255, 0];
const DEEP: Rgba = [29, 53, 87, 1];
const BRIGHT: Rgba = [69, 163, 190, 1];
const WARM: Rgba = [239, 131, 84, 1];

/** A logo on a transparent ground, 600 x 600: a ring, open at the top right, around a triangle. */
export function drawLogo(): Pixels {
  return paintCanvas(600, 600, (x, y) => {
    const [dx, dy] = [x - 0.5, y - 0.5];
    const distance = Math.hypot(dx, dy);
    const isOpen = dx > 0 && dy < 0 && dx + dy > -0.1 && dx + dy < 0.1;
    if (distance > 0.34 && distance < 0.46 && !isOpen) return between(DEEP, BRIGHT, x * 0.6 + (1 - y) * 0.6);
    const isTriangle = dy > -0.2 && dy < 0.16 && Math.abs(dx) < (0.16 - dy) * 0.62;
    return isTriangle ? between(WARM, [250, 200, 120, 1], 0.5 - dy * 1.6) : CLEAR;
  });
}
