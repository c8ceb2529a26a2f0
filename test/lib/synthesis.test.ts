import { expect, it } from 'vitest';
import { builtCode } from '../../lib/bundling/built-code.ts';
import { VitrineApp } from '../../lib/vitrine-app.ts';
import { PROJECT_ROOT } from '../../lib/vitrine-context.ts';
import { temporaryFolder } from '../temporary-folders.ts';

const MOST_SECONDS = 30;

const REGIONS = ['eu-central-1', 'us-east-1', 'us-west-2', 'ap-northeast-1', 'ap-southeast-2', 'sa-east-1'];

/** One for all: it bundles the functions once, which each of the three would do in its own process. */
const code = builtCode(PROJECT_ROOT, { sharpLayer: 'placeholder' });

/** What `.ci/synth-strict` does through the command line, without the seconds of its own start: every guard, and a warning is a failure. */
it.each([1, 3, 6])(`the stacks of %i regions are synthesized within ${MOST_SECONDS} s, without a warning`, (count) => {
  const before = process.cpuUsage();
  const vitrine = { regions: REGIONS.slice(0, count) };
  const assembly = new VitrineApp({ code, context: { vitrine }, outdir: temporaryFolder('assembly') }).synth();
  const { user, system } = process.cpuUsage(before);

  expect(assembly.stacks).toHaveLength(count + 1);
  const told = assembly.stacks.flatMap(({ messages }) => messages).filter(({ level }) => level !== 'info');
  expect(told.map(({ id, entry }) => `${id}: ${entry.data}`)).toEqual([]);
  // Of processors: a machine that is busy with other work does not make it longer.
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
});
