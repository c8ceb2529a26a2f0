import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../../lambda/contract/limits.ts';
import { readPlan } from '../../../../../lambda/core/plan/read-plan.ts';
import { OnlyIsolated } from '../../../../../lambda/core/render/isolated/isolation.ts';
import { runIsolated } from '../../../../../lambda/core/render/isolated/run-isolated.ts';
import { renderHere } from '../../../../../lambda/core/render/render-here.ts';
import { shown } from '../../../../images/compare.ts';
import { paint } from '../../../../images/scene.ts';
import { onCanvas } from '../../../../images/sources.ts';
import { timeAtLoad } from '../../../../time-at-load.ts';
import { drawUrl, input } from '../drawing.ts';

const glass = await onCanvas(paint(400, 300, 4, () => [0, 0, 0, 0]))
  .png()
  .toBuffer();
const drawText = async (items: string) => shown((await drawUrl(`l-text,${items},l-end`, glass)).bytes);

/** Size of everything that is not transparent. */
async function sizeOf(items: string): Promise<[number, number]> {
  const { info } = await sharp((await drawUrl(`l-text,${items},l-end`, glass)).bytes)
    .trim({ threshold: 0 })
    .toBuffer({ resolveWithObject: true });
  return [info.width, info.height];
}

/** Size of a text's box, which is coloured to be seen. */
const boxOf = (items: string) => sizeOf(`${items},bg-FFFFFF`);

describe('a text', () => {
  it('is cut to its ink, and grows with its size', async () => {
    const [width, height] = await boxOf('i-HHH,fs-40');
    const [doubleWidth, doubleHeight] = await boxOf('i-HHH,fs-80');

    expect(height).toBeGreaterThan(26);
    expect(height).toBeLessThan(32);
    expect(Math.abs(doubleWidth - 2 * width)).toBeLessThanOrEqual(3);
    expect(Math.abs(doubleHeight - 2 * height)).toBeLessThanOrEqual(2);
  });

  it('is 45 pixels large, in Open Sans and black, when nothing else is asked for', async () => {
    expect(await drawText('i-Vitrine')).toEqual(await drawText('i-Vitrine,fs-45,ff-Open Sans,co-000000'));
  });

  it('has padding around its ink, counted in its box', async () => {
    const [width, height] = await boxOf('i-Vitrine');

    expect(await boxOf('i-Vitrine,pa-10')).toEqual([width + 20, height + 20]);
    expect(await boxOf('i-Vitrine,pa-1_2_3_4')).toEqual([width + 6, height + 4]);
  });

  it('has a box of the width asked for, and lines no longer than that', async () => {
    const long = input('Words that are many and must be wrapped');

    expect((await boxOf(`${long},fs-20,w-150`))[0]).toBe(150);
    expect((await sizeOf(`${long},fs-20,w-150`))[0]).toBeLessThanOrEqual(150);
    expect((await boxOf(`${input('Unbreakableword')},fs-40,w-100`))[0]).toBeLessThanOrEqual(101);
    expect((await boxOf('i-Hi,w-150,pa-10'))[0]).toBe(170);
  });

  it('has the distance between its lines that was asked for', async () => {
    const two = input('H\nH');
    const [, usual] = await boxOf(`${two},fs-50`);
    const [, far] = await boxOf(`${two},fs-50,lh-90`);
    const [, one] = await boxOf('i-H,fs-50');

    expect(usual - one).toBe(60);
    expect(far - one).toBe(90);
    expect(await boxOf('i-H,fs-50,lh-90')).toEqual(await boxOf('i-H,fs-50'));
  });

  it('fades by its colour, by tenths beside digits, and not beside a name', async () => {
    const alphaOf = async (items: string) => {
      const { data } = await drawText(`i-H,fs-80,${items}`);
      return data.filter((_, at) => at % 4 === 3).reduce((most, alpha) => Math.max(most, alpha), 0);
    };
    expect(await alphaOf('co-00000050')).toBe(128);
    expect(await alphaOf('co-FF0000,al-3')).toBe(77);
    expect(await alphaOf('co-FF000050,al-3')).toBe(128);
    expect(await alphaOf('co-red,al-3')).toBe(255);
    expect(await alphaOf('al-3')).toBe(77);
  });

  it('says nothing in markup, and no character that controls', async () => {
    const [width] = await boxOf(`${input('<b>')},fs-20`);

    expect(width).toBeGreaterThan(25);
    expect(await drawText(input('A\u0007\u0000B\ufffe'))).toEqual(await drawText('i-AB'));
    expect(await drawText(input('A\r\nB'))).toEqual(await drawText(input('A\nB')));
    expect(await drawText(input("<span foreground='red'>x</span>"))).not.toEqual(await drawText('i-x,co-red'));
  });

  it('may be spaces alone, which leave the picture as it was', async () => {
    expect((await drawText(input('   '))).data.every((value) => value === 0)).toBe(true);
    expect(await boxOf(`${input(' ')},w-40,pa-5`)).toEqual([50, 10]);
  });

  it('is mirrored for nobody: left is left where text runs to the left', async () => {
    const left = await drawText(`${input('שלום\nשלום שלום')},ia-left,w-300`);
    const right = await drawText(`${input('שלום\nשלום שלום')},ia-right,w-300`);
    const column = ({ data, width }: Awaited<ReturnType<typeof shown>>, x: number) =>
      Array.from({ length: data.length / 4 / width }, (_, y) => data[(y * width + x) * 4 + 3] ?? 0).some((v) => v > 0);

    expect(Array.from({ length: 20 }, (_, at) => column(left, 50 + at)).some(Boolean)).toBe(true);
    expect(Array.from({ length: 20 }, (_, at) => column(right, 349 - at)).some(Boolean)).toBe(true);
    expect(Array.from({ length: 20 }, (_, at) => column(right, 50 + at)).some(Boolean)).toBe(false);
  });

  it('has the same pixels in a child process', async () => {
    const plan = readPlan([
      ['l-text', input('Hi 😀 مرحبا 漢字'), 'fs-30', 'ff-Lobster', 'bg-FFFFFF', 'l-end', 'f-png'],
    ]);
    const load = async () => Buffer.alloc(0);

    const order = { plan, accepts: 'plain', care: 'first' } as const;
    const here = await renderHere(glass, order, load);
    const task = { kind: 'render', ...order } as const;
    const there = await runIsolated({ task, source: glass }, load, 4000);

    expect(Buffer.from(there.bytes).equals(Buffer.from(here.bytes))).toBe(true);
  });

  it('of many pictographs is drawn in a child process', async () => {
    const plan = readPlan([['l-text', input('😀'.repeat(51)), 'fs-4', 'l-end']]);
    const load = async () => Buffer.alloc(0);

    await expect(renderHere(glass, { plan, accepts: 'plain', care: 'first' }, load)).rejects.toBeInstanceOf(
      OnlyIsolated,
    );
    expect((await sizeOf(`${input('😀'.repeat(51))},fs-4`))[0]).toBeGreaterThan(200);
  });
});

describe('a text that is too large', () => {
  it.each([
    ['letters', `${input('W'.repeat(LIMITS.textCharacters))},fs-4096`],
    ['lines', `${input('a\n'.repeat(900))},fs-400`],
    ['distance of lines', `${input('a\n'.repeat(900))},fs-4,lh-8192`],
    ['narrowness', `${input('Hello '.repeat(300))},fs-400,w-1`],
    ['marks on a letter', `${input(`a${'\u0301'.repeat(1900)}`)},fs-200`],
    ['wide characters', `${input('\u{12031}\ufdfd'.repeat(900))},fs-300`],
    ['padding', 'i-A,pa-4096_4096'],
  ])('is refused soon, by its %s', async (_, items) => {
    const started = performance.now();

    await expect(drawUrl(`l-text,${items},l-end`, glass)).rejects.toMatchObject({ code: 'transformation.limit' });

    expect(performance.now() - started).toBeLessThan(timeAtLoad(2000));
  });
});
