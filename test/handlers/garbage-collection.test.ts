import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const MODULE = new URL('../../lambda/handlers/garbage-collection.ts', import.meta.url);

/** Megabytes of the young generation after much has survived for a while, in a process as the runtime starts it. */
function youngAfterWork(call: string): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { holdYoungGeneration } from ${JSON.stringify(MODULE.href)};
    let kept = [];
    for (let turn = 0; turn < 6_000_000; turn++) {
      kept.push({ turn, more: [turn] });
      if (kept.length > 400_000) kept = [];
      if (turn % 1000 === 0) { ${call} }
    }
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20);`;
  const flags = ['--max-semi-space-size=64', '--input-type=module', '--eval', program];
  return Number(execFileSync(process.execPath, flags, { encoding: 'utf8' }));
}

it('holds the young generation, which would grow up to what the runtime allows', () => {
  expect(youngAfterWork('')).toBeGreaterThan(64);
  expect(youngAfterWork('holdYoungGeneration();')).toBe(32);
});
