import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { deployedFontsFile } from './proofs/use-deployed-fonts.ts';
import { LongFilesFirst } from './test/long-files-first.ts';

const EVERYTHING = ['{test,packages/*/test,dashboard/test}/**/*.{test,golden}.ts'];

// They need Python and a deployment of their own: `npm run test:emulator`.
const EXCLUDED = [...configDefaults.exclude, 'test/aws-emulator/**'];

/**
 * Files that leave nothing behind in their process: they share it, and what was loaded into it. Those of `render` do not, because
 * libvips has settings of the whole process.
 */
const TOGETHER = ['test/{lib,edge,architecture}/**/*.test.ts', 'test/core/!(render)/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'alone', include: EVERYTHING, exclude: [...EXCLUDED, ...TOGETHER] } },
      // A process for each file would take as long to load the CDK or the core as the tests take.
      {
        extends: true,
        test: { name: 'together', include: TOGETHER, exclude: EXCLUDED, isolate: false },
      },
    ],
    // Vitest leaves a processor free, which on a machine with two is half of it; who develops has other work for it. One file
    // more than processors: some wait, for a job that is tried again or for a process to start.
    ...(process.env.CI && { maxWorkers: availableParallelism() + 1 }),
    // Many files beside each other may make one test too slow, and nothing else is tried again: neither an expectation nor a
    // property, whose next try would have another seed. `.ci/outcome.ts` names what passed at its second try only.
    ...(process.env.CI && { retry: { count: 1, condition: /timed out/i } }),
    // Refusals are logged, and thousands are tried: what a passed test has printed says nothing.
    silent: 'passed-only',
    sequence: { sequencer: LongFilesFirst },
    globalSetup: './test/temporary-folders.ts',
    env: { FONTCONFIG_FILE: deployedFontsFile() },
    // To end what hangs, on a machine that is busy with other work. What must be fast says so in its own words.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
