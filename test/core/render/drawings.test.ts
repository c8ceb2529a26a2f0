import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../lambda/contract/limits.ts';
import type { Plan, Step } from '../../../lambda/core/plan/plan.ts';
import { render } from '../../../lambda/core/render/render.ts';
import { drawScene } from '../../images/scene.ts';
import { onCanvas } from '../../images/sources.ts';
import { plan, px } from './plans.ts';

const svg = (attributes: string, content: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`);

/** Left half red, right half open; the edge between them lies on a whole pixel at every even size. */
const HALVES = svg('viewBox="0 0 20 10"', '<rect width="10" height="10" fill="#f00"/>');

const drawn = async (source: Buffer, steps: readonly Step[], output: Partial<Plan['output']> = { format: 'png' }) => {
  const { bytes, width, height, format } = await render(source, plan(steps, output), 'webp');
  const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([width, height]);
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
  return { size: [width, height] as const, format, at };
};

describe('an SVG as a source', () => {
  it.each([
    ['its own size', [], [20, 10]],
    ['a smaller one', [{ width: px(10) }], [10, 5]],
    ['a larger one', [{ width: px(1000) }], [1000, 500]],
    ['both sides, cut', [{ width: px(100), height: px(100) }], [100, 100]],
    ['both sides, forced', [{ width: px(300), height: px(10), crop: 'force' }], [300, 10]],
    ['a part of it', [{ width: px(5), height: px(5), cropMode: 'extract', x: 3, y: 2 }], [5, 5]],
    ['one step after another', [{ width: px(8) }, { rotate: 90 }, { width: px(50) }], [50, 100]],
    ['at most', [{ width: px(400), height: px(400), crop: 'at_max' }], [20, 10]],
  ] as const)('is drawn in %s', async (_, steps, size) => {
    expect((await drawn(HALVES, steps)).size).toEqual(size);
  });

  it('is sharp when it is enlarged, also a part of it', async () => {
    const whole = await drawn(HALVES, [{ width: px(1000) }]);
    const part = await drawn(HALVES, [{ width: px(1000), height: px(1000) }]);

    expect([whole.at(499, 250), whole.at(500, 250)]).toEqual([
      [255, 0, 0, 255],
      [0, 0, 0, 0],
    ]);
    expect([part.at(499, 500)[3], part.at(500, 500)[3]]).toEqual([255, 0]);
  });

  it('goes through the stages like a picture with transparency', async () => {
    const { at, size } = await drawn(HALVES, [{ width: px(40), background: { r: 0, g: 0, b: 255, alpha: 1 } }]);

    expect(size).toEqual([40, 20]);
    expect(at(30, 10)).toEqual([0, 0, 255, 255]);
  });

  it.each([
    ['auto', 'webp'],
    ['original', 'png'],
    ['jpeg', 'jpeg'],
    ['avif', 'avif'],
  ] as const)('becomes, with the format %s, a %s', async (format, expected) => {
    expect((await drawn(HALVES, [{ width: px(10) }], { format })).format).toBe(expected);
  });

  it.each([
    ['width and height', 'width="30" height="20" viewBox="0 0 30 20"', [30, 20]],
    ['a style that says otherwise', 'width="70" height="1" style="width:30px;height:20px"', [30, 20]],
    ['a size without a viewBox', 'width="30" height="20"', [30, 20]],
    ['lengths of paper', 'width="30mm" height="20mm" viewBox="0 0 30 20"', [113, 76]],
    ['lengths of its letters', 'width="3em" height="4ex" viewBox="0 0 30 20"', [48, 32]],
    ['a viewBox, when it would fill what is around it', 'width="100%" height="100%" viewBox="0 0 30 20"', [30, 20]],
  ])('has the size of %s', async (_, attributes, expected) => {
    const styled = svg(
      attributes,
      '<style>svg{width:900px!important}</style><rect width="30" height="20" fill="lime"/>',
    );

    const { size, at } = await drawn(styled, [{ blur: 1 }]);

    expect(size).toEqual(expected);
    expect(at(15, 10)).toEqual([0, 255, 0, 255]);
  });

  it.each([
    ['styled-size.svg', [300, 150]],
    ['illustrator-entities.svg', [200, 100]],
  ])('%s is drawn', async (name, expected) => {
    const file = readFileSync(new URL(`../../fixtures/svg/${name}`, import.meta.url));
    const { size, at } = await drawn(file, [{ blur: 1 }]);

    expect(size).toEqual(expected);
    expect(at(size[0] / 4, size[1] / 2)).toEqual([255, 0, 0, 255]);
    expect(at((size[0] * 3) / 4, size[1] / 2)).toEqual([0, 128, 0, 255]);
  });

  it('may ask for more pixels than there can be, as long as nobody draws them', async () => {
    const poster = svg('viewBox="0 0 100000 50000"', '<rect width="100000" height="50000" fill="red"/>');

    expect((await drawn(poster, [{ width: px(100) }])).size).toEqual([100, 50]);
    await expect(drawn(poster, [])).rejects.toMatchObject({ code: 'transformation.limit' });
  });

  it.each(['NaN', '0 0 NaN NaN', '0 0 -1 5', '1e999 1e999 1e999 1e999', ''])(
    'with the viewBox "%s" harms nobody',
    async (box) => {
      await expect(
        drawn(svg(`viewBox="${box}"`, '<rect width="5" height="5"/>'), [{ width: px(20) }]),
      ).resolves.toBeDefined();
    },
  );

  it('can be a layer, and what it is drawn on is not fetched twice', async () => {
    const scene = await onCanvas(drawScene(60, 40)).png().toBuffer();
    const placement = { x: { value: 0, fromEnd: false }, y: { value: 0, fromEnd: false } };
    const layers = [{ kind: 'image' as const, asset: '/logo.svg', placement, steps: [{ width: px(40) }] }];
    const asked: string[] = [];
    const load = async (path: string) => {
      asked.push(path);
      return HALVES;
    };

    const { bytes } = await render(scene, plan([{ layers }], { format: 'png' }), 'plain', load);

    const { data } = await sharp(bytes).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
    expect(asked).toEqual(['/logo.svg']);
  });

  it('has a layer that does not exist refused as everywhere', async () => {
    const layers = [{ kind: 'image' as const, asset: '/none.svg', placement: {}, steps: [] }];

    await expect(render(HALVES, plan([{ layers }]), 'plain')).rejects.toMatchObject({ code: 'asset.not-found' });
  });

  it('has at most one page, and at most so many bytes', async () => {
    await expect(drawn(HALVES, [{ page: 2 }])).rejects.toMatchObject({ code: 'transformation.invalid' });
    const large = svg('viewBox="0 0 1 1"', ' '.repeat(LIMITS.svgBytes));
    await expect(drawn(large, [{ width: px(2) }])).rejects.toMatchObject({ code: 'source.limit' });
  });
});

it('a part of a picture can be enlarged in the next step', async () => {
  const scene = await onCanvas(drawScene(96, 52)).png().toBuffer();
  const part = { width: px(40), height: px(40), cropMode: 'extract', x: 10, y: 5 } as const;

  expect((await drawn(scene, [part, { width: px(80) }])).size).toEqual([80, 80]);
});
