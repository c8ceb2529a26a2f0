import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { deployedFontsFile } from './proofs/use-deployed-fonts.ts';
import { LongFilesFirst } from './test/long-files-first.ts';

export default defineConfig({
  test: {
    include: ['{test,packages/*/test,dashboard/test}/**/*.{test,golden}.ts'],
    // They need Python and a deployment of their own: `npm run test:emulator`.
    exclude: [...configDefaults.exclude, 'test/aws-emulator/**'],
    // Vitest leaves a processor free, which on a machine with two is half of it; who develops has other work for it. One file
    // more than processors: some wait, for a job that is tried again or for a process to start.
    ...(process.env.CI && { maxWorkers: availableParallelism() + 1 }),
    // Refusals are logged, and thousands are tried: what a passed test has printed says nothing.
    silent: 'passed-only',
    sequence: { sequencer: LongFilesFirst },
    env: { FONTCONFIG_FILE: deployedFontsFile() },
    // To end what hangs, on a machine that is busy with other work. What must be fast says so in its own words.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
