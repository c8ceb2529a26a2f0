import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { OutputFormat } from '../../lambda/core/plan/plan.ts';
import { betterEncoding } from '../../lambda/core/render/output/better-encoding.ts';
import { encodingBudget } from '../../lib/cost/encoding-budget.ts';
import { PRICES, SENT_GIGABYTE } from '../../lib/cost/prices.ts';
import { ROOT } from '../architecture/sources.ts';

const PAGE = join(ROOT, 'docs/performance.md');
const PLACE = /(<!-- pays -->\n)[\s\S]*?(<!-- end -->)/;
const MEMORY = 1769;
const DAYS = 30;

/** A picture as the web has it: what it is, pixels, bytes of the first answer. */
const PICTURES = [
  ['JPEG, 512 x 341, 40 KB', 'jpeg', 512 * 341, 40_000],
  ['JPEG, 1600 x 1067, 300 KB', 'jpeg', 1600 * 1067, 300_000],
  ['WebP, 512 x 341, 30 KB', 'webp', 512 * 341, 30_000],
  ['AVIF, 512 x 341, 25 KB', 'avif', 512 * 341, 25_000],
  ['AVIF, 1600 x 1067, 180 KB', 'avif', 1600 * 1067, 180_000],
  ['PNG, 800 x 600, 500 KB', 'png', 800 * 600, 500_000],
] as const satisfies readonly (readonly [string, OutputFormat, number, number])[];

function table(): string {
  const { bytesOfSecond } = encodingBudget('normal', MEMORY);
  const second = (MEMORY / 1024) * PRICES.lambdaGigabyteSecond.dollars;
  const sent = (SENT_GIGABYTE[0]?.dollars ?? 0) / 1e9;
  const rows = PICTURES.map(([what, format, pixels, bytes]) => {
    const better = betterEncoding(format, pixels, 'normal');
    if (!better) throw new Error(`${what} has no better encoding`);
    const { seconds, saves } = better;
    const saved = saves * bytes;
    const requests = (seconds * bytesOfSecond) / saved;
    const cells = [
      `${seconds.toFixed(2)} s`,
      micro(seconds * second),
      `${(saved / 1000).toFixed(1)} KB`,
      micro(saved * sent),
      requests.toFixed(1),
      `${(DAYS / requests).toFixed(1)} days`,
    ];
    return `| ${what} | ${cells.join(' | ')} |`;
  });
  return [
    '| first answer | better takes | it costs, $ a million | saves | a request saves, $ a million | pays after requests | comes back within |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    '',
  ].join('\n');
}

/** Dollars for a million of them. */
const micro = (dollars: number): string => (dollars * 1e6).toFixed(2);

it('the page says what the price table and the encoders’ figures give', () => {
  const written = readFileSync(PAGE, 'utf8');
  const expected = written.replace(PLACE, (_, start: string, end: string) => `${start}${table()}${end}`);
  if (process.env.UPDATE_DOCS) writeFileSync(PAGE, expected);
  else expect(written).toBe(expected);
});

it('the page’s prices in bytes are those that the transformer is told', () => {
  const { bytesOfSecond, bytesOfStore } = encodingBudget('normal', MEMORY);

  expect(readFileSync(PAGE, 'utf8')).toContain(`as much as ${Math.round(bytesOfSecond / 1000)} KB sent`);
  expect(readFileSync(PAGE, 'utf8')).toContain(`as much as ${Math.round(bytesOfStore / 1000)} KB`);
});
