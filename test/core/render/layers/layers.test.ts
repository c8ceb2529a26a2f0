import { describe, expect, it } from 'vitest';
import { problem } from '../../../../lambda/core/kernel/problems.ts';
import { readPlan } from '../../../../lambda/core/plan/read-plan.ts';
import { render } from '../../../../lambda/core/render/render.ts';
import { type Shown, shown } from '../../../images/compare.ts';
import { paint } from '../../../images/scene.ts';
import { animation, onCanvas, sceneIn } from '../../../images/sources.ts';

const square = (r: number, g: number, b: number, side = 20, alpha = 255) =>
  onCanvas(paint(side, side, 4, () => [r, g, b, alpha]))
    .png()
    .toBuffer();

const ASSETS: Readonly<Record<string, Buffer>> = {
  '/red.png': await square(255, 0, 0),
  '/blue.png': await square(0, 0, 255, 10),
  '/glass.png': await square(0, 0, 255, 20, 128),
  '/scene.jpg': await sceneIn('jpeg'),
  '/moving.gif': await animation(40, 30, 'gif'),
};
const white = await onCanvas(paint(100, 80, 3, () => [255, 255, 255, 255]))
  .png()
  .toBuffer();

const loaded: string[] = [];
async function load(path: string): Promise<Uint8Array> {
  loaded.push(path);
  const bytes = ASSETS[path];
  if (!bytes) throw problem('asset.not-found', `The layer's file ${path} does not exist.`);
  return bytes;
}

async function draw(text: string, source: Uint8Array = white) {
  const plan = readPlan(`${text}:f-png`.split(':').map((step) => step.split(',')));
  const { bytes } = await render(source, plan, 'plain', load);
  return shown(bytes);
}

const pixelAt = ({ data, width }: Shown, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('an image layer', () => {
  it('is drawn after its own steps, where it was placed, and nowhere else', async () => {
    const picture = await draw('l-image,i-red.png,t-false,w-30,h-10,lx-5,ly-N10,l-end');

    expect([picture.width, picture.height]).toEqual([100, 80]);
    expect(pixelAt(picture, 6, 61)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(picture, 34, 69)).toEqual([255, 0, 0, 255]);
    for (const [x, y] of [
      [4, 61],
      [35, 61],
      [6, 59],
      [6, 70],
    ] as const) {
      expect(pixelAt(picture, x, y)).toEqual([255, 255, 255, 255]);
    }
  });

  it('comes after the step it stands in, and before the next', async () => {
    const picture = await draw('l-image,i-red.png,t-false,lx-0,ly-0,l-end,w-50:rt-180');

    expect(picture.width).toBe(50);
    expect(pixelAt(picture, 49, 39)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(picture, 0, 0)).toEqual([255, 255, 255, 255]);
  });

  it('computes its size and place from the picture below and from itself', async () => {
    const picture = await draw('l-image,i-red.png,t-false,w-bw_div_2,h-bh_div_4,lx-bw_sub_cw,ly-bh_sub_ch,l-end');

    expect(pixelAt(picture, 50, 60)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(picture, 49, 59)).toEqual([255, 255, 255, 255]);
  });

  it('is cut off at the edges of the picture', async () => {
    const picture = await draw('l-image,i-red.png,t-false,w-300,h-300,l-end');

    expect([picture.width, picture.height]).toEqual([100, 80]);
    expect(pixelAt(picture, 0, 0)).toEqual([255, 0, 0, 255]);
  });

  it('may hold another one, whose parent it is', async () => {
    const picture = await draw(
      'l-image,i-red.png,t-false,lx-10,ly-10:l-image,i-blue.png,t-false,lx-N0,ly-N0,w-bw_div_2,l-end,l-end',
    );

    expect(pixelAt(picture, 11, 11)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(picture, 29, 29)).toEqual([0, 0, 255, 255]);
    expect(pixelAt(picture, 30, 30)).toEqual([255, 255, 255, 255]);
  });

  it('lets through what is below by its own opacity', async () => {
    const picture = await draw('l-image,i-glass.png,t-false,lx-0,ly-0,l-end');

    expect(pixelAt(picture, 5, 5)).toEqual([126, 126, 255, 255]);
  });

  it('of an animation shows the first frame, and lies on every frame of one', async () => {
    const still = await draw('l-image,i-moving.gif,t-false,lx-0,ly-0,l-end');
    expect(still.width).toBe(100);

    const plan = readPlan([['l-image', 'i-red.png', 't-false', 'lx-0', 'ly-0', 'l-end', 'f-webp']]);
    const moving = await render(ASSETS['/moving.gif'] as Buffer, plan, 'webp', load);
    expect([moving.width, moving.height]).toEqual([40, 30]);
  });

  it('that is missing is a problem that names it, unless its branch is not taken', async () => {
    await expect(draw('l-image,i-none.png,l-end')).rejects.toMatchObject({ status: 404 });
    await expect(draw('if-w_gt_500,l-image,i-none.png,l-end,if-end')).resolves.toMatchObject({ width: 100 });
  });
});

describe('the mode of a layer', () => {
  it('multiply gives the product', async () => {
    const grey = await onCanvas(paint(100, 80, 3, () => [128, 128, 128, 255]))
      .png()
      .toBuffer();
    const picture = await draw('l-image,i-red.png,t-false,lm-multiply,lx-0,ly-0,l-end', grey);

    expect(pixelAt(picture, 5, 5)).toEqual([128, 0, 0, 255]);
    expect(pixelAt(picture, 50, 50)).toEqual([128, 128, 128, 255]);
  });

  it('cutout leaves a hole, cutter only what is under the layer', async () => {
    const hole = await draw('l-image,i-red.png,t-false,lm-cutout,lx-0,ly-0,l-end');
    expect(pixelAt(hole, 5, 5)[3]).toBe(0);
    expect(pixelAt(hole, 50, 50)).toEqual([255, 255, 255, 255]);

    const rest = await draw('l-image,i-red.png,t-false,lm-cutter,lx-0,ly-0,l-end');
    expect(pixelAt(rest, 5, 5)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(rest, 50, 50)[3]).toBe(0);
  });

  it('displace takes pixels from where its red and green point', async () => {
    const halves = await onCanvas(paint(100, 80, 3, (x) => (x < 0.5 ? [0, 0, 0, 255] : [255, 255, 255, 255])))
      .png()
      .toBuffer();
    const picture = await draw('l-image,i-ik_canvas,bg-FF8080,lm-displace,x-20,y-0,l-end', halves);

    expect(pixelAt(picture, 25, 40).slice(0, 3)).toEqual([0, 0, 0]);
    expect(pixelAt(picture, 35, 40).slice(0, 3)).toEqual([255, 255, 255]);
  });
});

describe('a canvas', () => {
  it('has the size and colour that are asked for, with corners and opacity', async () => {
    const picture = await draw('l-image,i-ik_canvas,w-40,h-20,bg-00FF00,al-5,lx-0,ly-0,l-end');
    expect(pixelAt(picture, 39, 19)).toEqual([126, 255, 126, 255]);
    expect(pixelAt(picture, 40, 20)).toEqual([255, 255, 255, 255]);

    const round = await draw('l-image,i-ik_canvas,w-40,h-40,r-max,lx-0,ly-0,l-end');
    expect(pixelAt(round, 20, 20)).toEqual([0, 0, 0, 255]);
    expect(pixelAt(round, 0, 0)).toEqual([255, 255, 255, 255]);
  });

  it('is as large as the picture below when it does not say', async () => {
    const picture = await draw('l-image,i-ik_canvas,bg-FF0000,h-20,ly-0,l-end');

    expect(pixelAt(picture, 99, 19)).toEqual([255, 0, 0, 255]);
    expect(pixelAt(picture, 99, 20)).toEqual([255, 255, 255, 255]);
  });
});

describe('a condition', () => {
  it('is asked about the picture as it is then', async () => {
    expect((await draw('if-w_eq_100,w-30,if-else,w-60,if-end')).width).toBe(30);
    expect((await draw('w-50:if-w_eq_100,w-30,if-else,w-60,if-end')).width).toBe(60);
    expect((await draw('w-50:if-iw_eq_100_and_w_eq_50,w-30,if-end')).width).toBe(30);
  });

  it('decides about settings too', async () => {
    const plan = readPlan([['if-ar_gt_1', 'f-webp', 'if-else', 'f-png', 'if-end']]);

    expect((await render(white, plan, 'plain')).format).toBe('webp');
  });

  it('is not asked about animations', async () => {
    const plan = readPlan([['if-w_gt_1', 'w-10', 'if-end']]);

    await expect(render(ASSETS['/moving.gif'] as Buffer, plan, 'webp')).rejects.toMatchObject({
      code: 'transformation.unsupported',
    });
  });
});

describe('a computed value', () => {
  it('is rounded to whole pixels and held to the same bounds', async () => {
    expect(await draw('w-iw_div_3')).toMatchObject({ width: 33 });
    expect(await draw('w-40,b-cw_mul_0.05_FF0000')).toMatchObject({ width: 50 });
    expect(await draw('w-60,ar-iar_mul_2')).toMatchObject({ width: 60, height: 24 });
    for (const text of ['w-iw_sub_100', 'w-iw_div_0', 'h-10_sub_ih', 'b-iw_mul_900_red']) {
      await expect(draw(text), text).rejects.toMatchObject({ code: 'transformation.invalid' });
    }
  });
});

describe('a page', () => {
  it('of an animation is a picture that does not move', async () => {
    const moving = ASSETS['/moving.gif'] as Buffer;
    const page = async (number: number) =>
      render(moving, readPlan([[`pg-${number}`, 'f-webp', 'lo-true']]), 'webp').then(({ bytes }) => shown(bytes));

    const first = await page(1);
    const third = await page(3);

    expect([first.height, third.height]).toEqual([30, 30]);
    expect(first.data.equals(third.data)).toBe(false);
    await expect(page(5)).rejects.toMatchObject({ message: expect.stringContaining('from 1 to 4') });
  });
});
