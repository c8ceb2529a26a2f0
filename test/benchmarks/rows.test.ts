import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesAt, shareOfWebp } from '../../benchmarks/avif-bytes.ts';
import { FLOOR, LINEAR_FLOOR } from '../../benchmarks/contenders.ts';
import { newestSharpLayer } from '../../benchmarks/package-size.ts';
import { costRows, meanRows } from '../../benchmarks/render-cost.ts';
import { comparisonTable } from '../../benchmarks/resize-fidelity.ts';
import { sharpOfIpx } from '../../benchmarks/sharp-of-ipx.ts';

const layers = mkdtempSync(join(tmpdir(), 'vitrine-layers-'));
afterAll(() => rmSync(layers, { recursive: true }));

describe('the sharp layer', () => {
  it('has no size where there is only a placeholder, which holds no packages', () => {
    mkdirSync(join(layers, 'placeholder', 'nodejs'), { recursive: true });

    expect(newestSharpLayer(layers)).toBeUndefined();
    expect(newestSharpLayer(join(layers, 'none'))).toBeUndefined();
  });

  it('is the one that holds sharp', () => {
    mkdirSync(join(layers, 'made', 'nodejs/node_modules/sharp'), { recursive: true });

    expect(newestSharpLayer(layers)).toBe(join(layers, 'made'));
  });
});

describe('a render', () => {
  const sample = (name: string, cpu: number[]) => ({ name, cpu, failed: 0 });
  const inLinearLight = {
    made: 'a.jpg to 400, jpeg',
    samples: [sample(LINEAR_FLOOR, [20, 22]), sample(FLOOR, [10, 11]), sample('ours', [40, 44])],
  };
  const plain = { made: 'b.png to 512, webp', samples: [sample(FLOOR, [10, 10]), sample('ours', [20, 20])] };

  it('is told as a part of the floor, which has our linear light, and of one plain sharp call', () => {
    expect(costRows(inLinearLight)).toEqual([
      [LINEAR_FLOOR, 'a.jpg to 400, jpeg', '21.0', '1.00x', '', '2.00x', 0],
      [FLOOR, 'a.jpg to 400, jpeg', '10.5', '0.50x', '0.50 to 0.50', '1.00x', 0],
      ['ours', 'a.jpg to 400, jpeg', '42.0', '2.00x', '2.00 to 2.00', '4.00x', 0],
    ]);
  });

  it('has one floor where no linear light is used', () => {
    expect(costRows(plain)).toEqual([
      [FLOOR, 'b.png to 512, webp', '10.0', '1.00x', '', '1.00x', 0],
      ['ours', 'b.png to 512, webp', '20.0', '2.00x', '2.00 to 2.00', '2.00x', 0],
    ]);
  });

  it('has a mean of those who made every picture', () => {
    expect(meanRows([inLinearLight, plain])).toEqual([
      [FLOOR, 'geometric mean', '', '0.71x', '', '1.00x', ''],
      ['ours', 'geometric mean', '', '2.00x', '', '2.83x', ''],
    ]);
  });
});

describe('what was not measured', () => {
  it('has no number: a score outside of the qualities that were made', () => {
    const curve = [50, 60].map((score) => ({ score, bytes: 1000 * score }));

    expect(shareOfWebp(bytesAt(curve, 55) / 60_000)).toMatch(/^0\.\d\d of WebP's$/);
    expect(shareOfWebp(bytesAt(curve, 90) / 60_000)).toBe('outside of what was measured');
  });

  it('has no column: scores without a program that scores', () => {
    const rows = [{ what: 'a', before: Number.NaN, after: Number.NaN, cost: 1.5 }];

    expect(comparisonTable(rows, false)).toBe('| resize, WebP 80 | CPU |\n| --- | ---: |\n| a | 1.50x |');
  });
});

it('holds the sharp that ipx loads to one thread, which is not ours', () => {
  const file = createRequire(import.meta.resolve('ipx')).resolve('sharp/package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8'));

  expect(sharpOfIpx().versions.sharp).toBe(version);
});
