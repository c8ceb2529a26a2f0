import sharp from 'sharp';
import { drawNoise, type Photo } from './photos.ts';

/** A cut-out: pixels a side, and of its soft edge. */
const CUT_OUT = { width: 1200, height: 800, edge: 40 };

/** An animation: pixels a side of its frames, and how far the picture moves from one to the next. */
const ANIMATION = { width: 480, height: 360, frames: 12, step: 8 };

/** A drawing: units a side, and of how many shapes. */
const DRAWING = { width: 800, height: 600, shapes: 240 };

/**
 * What is no photograph, drawn the same on every machine: a photograph cut out with a soft edge (PNG), one that moves below a window
 * (GIF), and an illustration of curves, gradients and texts (SVG).
 */
export async function benchmarkGraphics(): Promise<Photo[]> {
  return [
    { name: 'drawn-cut-out.png', bytes: await drawCutOut(), size: CUT_OUT },
    { name: 'drawn-animation.gif', bytes: await drawAnimation(), size: ANIMATION },
    { name: 'drawn-illustration.svg', bytes: Buffer.from(drawIllustration()), size: DRAWING },
  ];
}

async function drawCutOut(): Promise<Buffer> {
  const { width, height, edge } = CUT_OUT;
  const pixels = await drawNoise(width, height, 3);
  const mask = softEllipse(width, height, edge);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .joinChannel(mask, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

/** Opacities, 0 to 255: of an ellipse that leaves two edges of room around it. No SVG: whoever renders has closed its reader. */
function softEllipse(width: number, height: number, edge: number): Buffer {
  const [cx, cy] = [width / 2, height / 2];
  const [rx, ry] = [cx - 2 * edge, cy - 2 * edge];
  const mask = Buffer.alloc(width * height);
  for (let at = 0; at < mask.length; at++) {
    const outside = Math.hypot(((at % width) - cx) / rx, (Math.floor(at / width) - cy) / ry) - 1;
    mask[at] = Math.round(255 * Math.min(1, Math.max(0, 0.5 - (outside * ry) / edge)));
  }
  return mask;
}

async function drawAnimation(): Promise<Buffer> {
  const { width, height, frames, step } = ANIMATION;
  const whole = { width: width + frames * step, height };
  const scene = sharp(await drawNoise(whole.width, height, 4), { raw: { ...whole, channels: 3 } });
  const windows = Array.from({ length: frames }, (_, index) =>
    scene
      .clone()
      .extract({ left: index * step, top: 0, width, height })
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  return sharp(await Promise.all(windows), { join: { animated: true } })
    .gif({ effort: 4, delay: Array.from({ length: frames }, () => 80), loop: 0 })
    .toBuffer();
}

function drawIllustration(): string {
  const { width, height, shapes } = DRAWING;
  const lines = Array.from({ length: shapes }, (_, index) => {
    const [x, y] = [(index * 97) % width, (index * 61) % height];
    const hue = (index * 37) % 360;
    if (index % 12 === 0)
      return `<text x="${x}" y="${y}" font-size="${10 + (index % 30)}" fill="hsl(${hue},60%,30%)">Vitrine ${index}</text>`;
    if (index % 3 === 0)
      return `<circle cx="${x}" cy="${y}" r="${6 + (index % 40)}" fill="url(#light)" opacity="0.7"/>`;
    const bend = `C${x + 40},${y - 60} ${x + 120},${y + 80} ${x + 160},${y}`;
    return `<path d="M${x},${y} ${bend} S${x + 60},${y + 140} ${x},${y}Z" fill="hsl(${hue},70%,60%)" stroke="#223" stroke-width="1.5" opacity="0.8"/>`;
  });
  const light =
    '<radialGradient id="light"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#e63"/></radialGradient>';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${light}</defs>\n${lines.join('\n')}\n</svg>`;
}
