import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../../lambda/contract/limits.ts';
import { Problem } from '../../../../../lambda/core/kernel/problems.ts';
import { idleChild } from '../../../../../lambda/core/render/isolated/run-isolated.ts';
import { renamed } from '../../../../../lambda/formats/fonts/rename.ts';
import { readFont, writeFont } from '../../../../../lambda/formats/fonts/sfnt.ts';
import { shown } from '../../../../images/compare.ts';
import { paint } from '../../../../images/scene.ts';
import { onCanvas } from '../../../../images/sources.ts';
import { drawUrl } from '../drawing.ts';

const fontNamed = (name: string) => readFileSync(join(dirname(process.env.FONTCONFIG_FILE ?? ''), name));
const MONOTON = fontNamed('Monoton_400Regular.ttf');
const CHINESE = fontNamed('NotoSansHans-Regular.otf');

const glass = await onCanvas(paint(240, 100, 4, () => [0, 0, 0, 0]))
  .png()
  .toBuffer();

const drawIn = async (font: string, file?: Uint8Array) =>
  shown((await drawUrl(`l-text,i-Glass,ff-${font},l-end`, glass, file && { '/fonts/own.ttf': file })).bytes);
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('vitrine-fonts-'));

const OWN = 'fonts@@own.ttf';

describe('a font of the library', () => {
  it('is what the text is set in', async () => {
    expect(await drawIn(OWN, MONOTON)).toEqual(await drawIn('Monoton'));
    expect(await drawIn(OWN, CHINESE)).not.toEqual(await drawIn('Open Sans'));
  });

  it('takes the place of no built-in one, whatever it calls itself', async () => {
    const before = await drawIn('Open Sans');
    const font = readFont(MONOTON);
    if (!font) throw new Error('Monoton must be a font');
    const liar = writeFont(renamed(font, 'Open Sans'));

    expect(await drawIn(OWN, liar)).toEqual(await drawIn('Monoton'));
    expect(await drawIn('Open Sans')).toEqual(before);
  });

  it('is forgotten with the process that used it, file and all', async () => {
    const before = folders();
    await drawIn(OWN, MONOTON);

    expect(idleChild()).toBeUndefined();
    expect(folders()).toEqual(before);
  });

  it('is refused when it is missing, too large, or no font', async () => {
    await expect(drawIn(OWN)).rejects.toMatchObject({ code: 'asset.not-found' });
    await expect(drawIn(OWN, Buffer.from('no font'))).rejects.toMatchObject({ code: 'source.unreadable' });
    await expect(drawIn(OWN, glass)).rejects.toThrow('/fonts/own.ttf is damaged, or no TrueType or OpenType font');
    await expect(drawIn(OWN, MONOTON.subarray(0, 20_000))).rejects.toMatchObject({ code: 'source.unreadable' });
    await expect(drawIn(OWN, Buffer.alloc(LIMITS.fontBytes + 1))).rejects.toMatchObject({ code: 'source.limit' });
  });

  it('gives a picture or a problem, however it is damaged', async () => {
    const harm = fc.array(fc.record({ at: fc.nat(), value: fc.integer({ min: 0, max: 255 }) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(harm, async (changes) => {
        const font = Buffer.from(MONOTON);
        for (const { at, value } of changes) font[at % font.length] = value;

        const result = await drawIn(OWN, font).catch((error: unknown) => error);

        if (result instanceof Error) expect(result).toBeInstanceOf(Problem);
      }),
      { numRuns: 25 },
    );
  });
});
