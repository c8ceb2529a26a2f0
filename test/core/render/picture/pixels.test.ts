import sharp from 'sharp';
import { expect, it } from 'vitest';
import { Picture } from '../../../../lambda/core/render/picture/picture.ts';
import { framesOf, release, toPixels } from '../../../../lambda/core/render/picture/pixels.ts';

const red = () => sharp({ create: { width: 400, height: 300, channels: 3, background: '#f00' } });
const read = async () => toPixels(await red().raw().toBuffer({ resolveWithObject: true }), 1);
const openRed = () =>
  new Picture({ open: red, size: { width: 400, height: 300 }, frames: 1, hasAlpha: false, isGrey: false });

it('pixels that are released take no memory any more', async () => {
  const pixels = await read();
  const before = process.memoryUsage().external;

  release(pixels);

  expect(pixels.data.byteLength).toBe(0);
  expect(before - process.memoryUsage().external).toBeGreaterThan(0.9 * 400 * 300 * 3);
});

it('a part of other pixels is not released: they are still read', async () => {
  const pixels = { ...(await read()), height: 150, frames: 2 };
  const [first, second] = framesOf(pixels);

  if (first) release(first);

  expect(second?.data[0]).toBe(255);
});

it('a picture that is settled already is not read again', async () => {
  const picture = openRed();
  const pixels = await picture.settle();

  expect(await picture.settle()).toBe(pixels);
  expect((await picture.settle({ withAlpha: true })).channels).toBe(4);
});

it('what was collected since is carried out by the next settling', async () => {
  const picture = openRed();
  await picture.settle();
  await picture.draw('turn', (image) => image.rotate(90), { size: { width: 300, height: 400 } });

  expect(await picture.settle()).toMatchObject({ width: 300, height: 400 });
});

it('a picture that is released has given its pixels back', async () => {
  const picture = openRed();
  const pixels = await picture.settle();

  picture.release();

  expect(pixels.data.byteLength).toBe(0);
});
