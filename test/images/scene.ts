/** Red, green, blue 0..255. */
export type Rgb = readonly [number, number, number];

/** Raw pixels as sharp takes them. */
export interface Drawing {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
}

const SKY_TOP: Rgb = [40, 110, 210];
const SKY_LOW: Rgb = [190, 220, 250];
const GRASS: Rgb = [70, 150, 60];
const SUN: Rgb = [255, 220, 60];
const WALL: Rgb = [200, 70, 60];
const ROOF: Rgb = [90, 50, 40];
const DOOR: Rgb = [245, 240, 225];
const PATH: Rgb = [215, 195, 150];

/** Marks of the corners, clockwise from the top left: nothing in the scene looks the same turned or mirrored. */
const CORNERS: readonly Rgb[] = [
  [230, 30, 30],
  [30, 200, 60],
  [250, 230, 40],
  [120, 40, 200],
];

/** A house under the sun, drawn for any size; colours are sRGB. */
export function drawScene(width: number, height: number): Drawing {
  return paint(width, height, 3, (x, y) => [...sceneAt(x, y, width / height), 255]);
}

/** The scene within a soft disc: opaque inside, transparent outside, half transparent on the way. */
export function drawCutout(width: number, height: number): Drawing {
  return paint(width, height, 4, (x, y) => {
    const distance = Math.hypot((x - 0.5) * (width / height), y - 0.5);
    const alpha = Math.min(1, Math.max(0, (0.45 - distance) / 0.08));
    return [...sceneAt(x, y, width / height), Math.round(alpha * 255)];
  });
}

/** The scene with a border of one colour that is wider at the left and top. */
export function drawFramed(width: number, height: number, colour: Rgb): Drawing {
  return paint(width, height, 3, (x, y) => {
    const inside = x >= 0.25 && x < 0.875 && y >= 0.25 && y < 0.875;
    return [...(inside ? sceneAt((x - 0.25) / 0.625, (y - 0.25) / 0.625, width / height) : colour), 255];
  });
}

/** One of the frames of an animation: a ball crosses the scene from left to right. */
export function drawFrame(width: number, height: number, progress: number): Drawing {
  return paint(width, height, 3, (x, y) => {
    const near = Math.hypot((x - progress) * (width / height), y - 0.5) < 0.12;
    return near ? [250, 250, 250, 255] : [...sceneAt(x, y, width / height), 255];
  });
}

/** Draws by a colour for each point; x and y are 0..1 across the picture. */
export function paint(
  width: number,
  height: number,
  channels: 3 | 4,
  colourAt: (x: number, y: number) => readonly number[],
): Drawing {
  const data = Buffer.alloc(width * height * channels);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const colour = colourAt((column + 0.5) / width, (row + 0.5) / height);
      for (let channel = 0; channel < channels; channel++) {
        data[(row * width + column) * channels + channel] = colour[channel] ?? 0;
      }
    }
  }
  return { data, width, height, channels };
}

function sceneAt(x: number, y: number, ratio: number): Rgb {
  return cornerAt(x, y) ?? houseAt(x, y) ?? (y > 0.65 ? groundAt(x, y) : skyAt(x, y, ratio));
}

function cornerAt(x: number, y: number): Rgb | undefined {
  const atSide = x < 0.1 || x > 0.9;
  if (!atSide || (y >= 0.1 && y <= 0.9)) return undefined;
  const index = y < 0.1 ? (x < 0.1 ? 0 : 1) : x > 0.9 ? 2 : 3;
  return CORNERS[index];
}

function houseAt(x: number, y: number): Rgb | undefined {
  if (x > 0.6 && x < 0.66 && y > 0.58 && y < 0.75) return DOOR;
  if (x > 0.55 && x < 0.85 && y > 0.42 && y < 0.75) return WALL;
  const fromRidge = Math.abs(x - 0.7);
  return y > 0.22 && y <= 0.42 && fromRidge < (y - 0.22) * 0.9 ? ROOF : undefined;
}

function skyAt(x: number, y: number, ratio: number): Rgb {
  if (Math.hypot((x - 0.25) * ratio, y - 0.28) < 0.13) return SUN;
  const share = y / 0.65;
  return SKY_TOP.map((top, index) => Math.round(top + ((SKY_LOW[index] ?? 0) - top) * share)) as unknown as Rgb;
}

function groundAt(x: number, y: number): Rgb {
  return Math.abs(x - 0.63 + (y - 0.75) * 0.8) < 0.04 ? PATH : GRASS;
}
