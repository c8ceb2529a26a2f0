import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesAt, shareOfWebp } from '../../benchmarks/avif-bytes.ts';
import { newestSharpLayer } from '../../benchmarks/package-size.ts';
import { costRows } from '../../benchmarks/render-cost.ts';
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
  it('is told as a part of the floor, which has our linear light, and of one plain sharp call', () => {
    const samples = [[20, 22], [10, 12], [33]].map((cpu) => ({ cpu, failed: 0 }));

    expect(costRows(['floor', 'plain', 'ours'], 'a.jpg', samples)).toEqual([
      ['floor', 'a.jpg', '21.0', '1.00x', '1.91x', 0],
      ['plain', 'a.jpg', '11.0', '0.52x', '1.00x', 0],
      ['ours', 'a.jpg', '33.0', '1.57x', '3.00x', 0],
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
