import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTACKS } from './catalogue.ts';
import { NOT_RUN } from './not-run.ts';
import type { Target } from './target.ts';
import { expectNoSecretPrinted, startTarget } from './target.ts';

/* The product as a person would start it, attacked over raw sockets. */
let target: Target;
let passed = 0;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(async () => {
  await target?.stop();
  const notRun = Object.keys(NOT_RUN).length;
  console.log(
    `attack cases: ${ATTACKS.length} run, ${passed} passed, ${notRun} not run (${Object.keys(NOT_RUN).join(', ')})`,
  );
});

describe('an attack', () => {
  it.each(ATTACKS.map((one) => [`${one.id}: ${one.title}`, one] as const))('%s', async (_, { run }) => {
    await run(target);
    passed += 1;
  });

  it('is listed once, and run or known not to be', () => {
    const ids = [...ATTACKS.map(({ id }) => id), ...Object.keys(NOT_RUN)];

    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves no secret in what the product prints', () => {
    expectNoSecretPrinted(target);
  });
});
