import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawScene } from '../../images/scene.ts';
import { onCanvas } from '../../images/sources.ts';
import { drawUrl } from './layers/drawing.ts';

const dense = await onCanvas(drawScene(30, 20)).withMetadata({ density: 150 }).png().toBuffer();
const plain = await onCanvas(drawScene(30, 20)).png().toBuffer();

const densityAfter = async (transformation: string, source = dense) =>
  (await sharp((await drawUrl(transformation, source)).bytes).metadata()).density;

test('the density of a result is what was asked for, or computed from the source’s', async () => {
  expect(await densityAfter('dn-300')).toBe(300);
  expect(await densityAfter('dn-idn_mul_2')).toBe(300);
  expect(await densityAfter('w-10,dn-cw_mul_20')).toBe(200);
  expect(await densityAfter('if-w_gt_10,dn-idn_add_50,if-else,dn-96,if-end')).toBe(200);
});

test('the last density wins, in whatever form it is written', async () => {
  expect(await densityAfter('dn-idn_mul_2:dn-96')).toBe(96);
  expect(await densityAfter('dn-96:dn-idn_mul_2')).toBe(300);
  expect(await densityAfter('dn-idn_mul_2:if-w_gt_10,dn-96,if-end')).toBe(96);
  expect(await densityAfter('dn-96:if-w_gt_10,dn-idn_mul_2,if-end')).toBe(300);
});

test('a density out of bounds is refused, a file without one counts as 72', async () => {
  await expect(densityAfter('dn-idn_mul_20')).rejects.toThrow(
    'which is 3000 here, must be a whole number from 1 to 1200',
  );
  expect(await densityAfter('dn-idn_mul_2', plain)).toBe(144);
});
