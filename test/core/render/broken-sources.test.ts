import { describe, expect, it } from 'vitest';
import { render } from '../../../lambda/core/render/render.ts';
import { inspectImage } from '../../../lambda/core/render/source/inspect.ts';
import { drawScene } from '../../images/scene.ts';
import { animation, onCanvas, sceneIn } from '../../images/sources.ts';
import { plan, px } from './plans.ts';

const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1);
const small = plan([{ width: px(60) }], { format: 'webp' });

describe('a broken source', () => {
  const unreadable: Readonly<Record<string, () => Promise<Buffer> | Buffer>> = {
    'no bytes at all': () => Buffer.alloc(0),
    zeros: () => Buffer.alloc(1000),
    HTML: () => Buffer.from('<!doctype html><script>alert(1)</script>'),
    'a JPEG cut in half': async () => half(await sceneIn('jpeg')),
    'a PNG cut in half': async () => half(await sceneIn('png')),
    'a WebP cut in half': async () => half(await sceneIn('webp')),
    'an AVIF cut in half': async () => half(await sceneIn('avif')),
    'a GIF cut in half': async () => half(await animation(120, 80, 'gif')),
    'an animated WebP cut in half': async () => half(await animation(120, 80, 'webp')),
    'a JPEG without its end': async () => (await sceneIn('jpeg')).subarray(0, -200),
    'the first bytes of a JPEG': async () => (await sceneIn('jpeg')).subarray(0, 20),
    'the first bytes of a PNG': async () => (await sceneIn('png')).subarray(0, 20),
    'a JPEG without its first half': async () =>
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), (await sceneIn('jpeg')).subarray(900)]),
    'a PDF': () => Buffer.from('%PDF-1.7\n1 0 obj\n'),
  };
  it.each(Object.entries(unreadable))('is refused, not shown in part: %s', async (_, make) => {
    const source = await make();

    await expect(render(source, small, 'avif')).rejects.toMatchObject({ code: 'source.unreadable', status: 400 });
  });

  it.each([['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic']])(
    'is told apart from one that we cannot transform: %s',
    async (_, text) => {
      await expect(render(Buffer.from(text), small, 'avif')).rejects.toMatchObject({
        code: 'source.unsupported',
        status: 400,
      });
    },
  );
});

it('of more channels than a screen shows is refused', async () => {
  const scene = onCanvas(drawScene(24, 16));
  const { data } = await scene.clone().extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const plate = { raw: { width: 24, height: 16, channels: 1 as const } };
  const source = await scene.joinChannel([data, data], plate).tiff({ compression: 'lzw' }).toBuffer();

  await expect(render(source, small, 'avif')).rejects.toMatchObject({ code: 'source.unsupported' });
  expect(await inspectImage(source)).toBeUndefined();
});

describe('inspecting', () => {
  it.each([
    ['jpeg', 'jpg'],
    ['png', 'png'],
    ['webp', 'webp'],
    ['avif', 'avif'],
  ] as const)('finds the facts of a %s', async (format, extension) => {
    expect(await inspectImage(await sceneIn(format, 60, 40))).toEqual({
      contentType: `image/${format}`,
      extension,
      width: 60,
      height: 40,
      frames: 1,
      hasAlpha: false,
    });
  });

  it('counts the frames of an animation', async () => {
    expect(await inspectImage(await animation(60, 40, 'gif'))).toMatchObject({ frames: 4, contentType: 'image/gif' });
  });

  it.each([
    ['<svg width="30" height="20px"/>', 30, 20],
    ['<svg viewBox="0 0 400 100"/>', 400, 100],
    ['<svg viewBox="0 0 1e400 1e400"/>', 300, 150],
    ['<svg width="7" viewBox="0 0 1 1e300"/>', 7, 1_000_000_000],
    ['<svg width="200" viewBox="0,0,400,100"/>', 200, 50],
    ['<svg height="200" viewBox="0 0 400 100"/>', 800, 200],
    ['<svg width="100%" height="10em"/>', 300, 160],
    ['<svg width="100%" height="50%" viewBox="0 0 40 30"/>', 40, 30],
    ['<svg width="50%" height="60" viewBox="0 0 40 30"/>', 80, 60],
    ['<svg width="1em" height="4ex"/>', 16, 32],
    ['<svg width="2em" height="2EM" font-size="20"/>', 40, 40],
    ['<svg width="2em" height="2rem" style="font-size:2em"/>', 64, 32],
    ['<svg width="1in" height="72pt"/>', 96, 96],
    ['<svg width="25.4mm" height="2.54cm"/>', 96, 96],
    ['<svg width="5vw" height="constructor" viewBox="0 0 4 3"/>', 4, 3],
    ['<svg width="9" height="9" style="width:300px;height:150px"/>', 300, 150],
    ['<svg viewBox="0 0 200 100" style="/*;width:1px*/max-width:1px; WIDTH : 300px !important; height:"/>', 300, 150],
    [`<svg width='30' height='20' data-a="'"/>`, 30, 20],
    ['<svg stroke-width="7"/>', 300, 150],
    ['<!DOCTYPE svg [<!ENTITY a "b">]><!-- <svg width="1"> --><svg width="30" height="20"/>', 30, 20],
    [
      '<?xml version="1.0"?><!DOCTYPE svg><svg:svg xmlns:svg="http://www.w3.org/2000/svg" width="1.6" height="9"/>',
      2,
      9,
    ],
  ])('reads the size of an SVG: %s', async (text, width, height) => {
    const facts = { contentType: 'image/svg+xml', extension: 'svg', frames: 1, hasAlpha: true };

    expect(await inspectImage(Buffer.from(text))).toEqual({ ...facts, width, height });
  });

  it('knows nothing of what is no image, and works on a part of a buffer', async () => {
    const jpeg = await sceneIn('jpeg', 60, 40);
    const within = new Uint8Array(jpeg.length + 20);
    within.set(jpeg, 10);

    expect(await inspectImage(Buffer.alloc(0))).toBeUndefined();
    expect(await inspectImage(Buffer.from('plain text'))).toBeUndefined();
    expect(await inspectImage(Buffer.from('<!doctype html><body><svg width="9"/>'))).toBeUndefined();
    expect(await inspectImage(Buffer.from('<!-- never closed <svg/>'))).toBeUndefined();
    expect(await inspectImage(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toBeUndefined();
    expect(await inspectImage(within.subarray(10, 10 + jpeg.length))).toMatchObject({ width: 60, height: 40 });
  });
});
