import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_CASES } from './access-cases.ts';
import { CACHE_CASES } from './cache-cases.ts';
import { HEADER_CASES } from './header-cases.ts';
import { IMAGE_CASES } from './image-cases.ts';
import { INJECTION_CASES } from './injection-cases.ts';
import { NOT_RUN } from './not-run.ts';
import { PATH_CASES } from './path-cases.ts';
import { SIGNATURE_CASES } from './signature-cases.ts';
import { SSRF_CASES } from './ssrf-cases.ts';
import { SVG_CASES } from './svg-cases.ts';
import type { Target } from './target.ts';
import { startTarget } from './target.ts';
import { TRANSFORMATION_CASES } from './transformation-cases.ts';

/* The product as a person would start it, attacked over raw sockets. */
let target: Target;
let passed = 0;

const CASES = [
  ...PATH_CASES,
  ...TRANSFORMATION_CASES,
  ...IMAGE_CASES,
  ...SVG_CASES,
  ...CACHE_CASES,
  ...HEADER_CASES,
  ...INJECTION_CASES,
  ...SSRF_CASES,
  ...ACCESS_CASES,
  ...SIGNATURE_CASES,
];

beforeAll(async () => {
  target = await startTarget();
}, 120_000);

afterAll(async () => {
  await target?.stop();
  const notRun = Object.keys(NOT_RUN).length;
  console.log(
    `attack cases: ${CASES.length} run, ${passed} passed, ${notRun} not run (${Object.keys(NOT_RUN).join(', ')})`,
  );
});

describe('an attack', () => {
  it.each(CASES.map((one) => [`${one.id}: ${one.title}`, one] as const))(
    '%s',
    async (_, { run }) => {
      await run(target);
      passed += 1;
    },
    60_000,
  );

  it('is listed once, and run or known not to be', () => {
    const ids = [...CASES.map(({ id }) => id), ...Object.keys(NOT_RUN)];

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves no secret in what the product prints', () => {
    for (const secret of [target.canary, target.product.privateKey]) {
      expect(target.product.output().split(secret).length - 1, 'times').toBeLessThanOrEqual(
        secret === target.canary ? 0 : 1,
      );
    }
  });
});
