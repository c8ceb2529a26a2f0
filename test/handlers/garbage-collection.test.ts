import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

const MODULE = new URL('../../lambda/handlers/garbage-collection.ts', import.meta.url);

/** Megabytes that the young generation had at most while much survived, in a process as the runtime starts it. */
function youngDuringWork(call: string): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    import { holdYoungGeneration } from ${JSON.stringify(MODULE.href)};
    const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20;
    let kept = [];
    let most = 0;
    for (let turn = 0; turn < 6_000_000; turn++) {
      kept.push({ turn, more: [turn] });
      if (kept.length > 400_000) kept = [];
      if (turn % 1000 === 0) { ${call} most = Math.max(most, young()); }
    }
    console.log(most);`;
  const flags = ['--max-semi-space-size=64', '--input-type=module', '--eval', program];
  return Number(execFileSync(process.execPath, flags, { encoding: 'utf8' }));
}

it('holds the young generation, which would grow up to what the runtime allows', () => {
  expect(youngDuringWork('')).toBeGreaterThan(32);
  expect(youngDuringWork('holdYoungGeneration();')).toBe(32);
});
