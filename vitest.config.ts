import { configDefaults, defineConfig } from 'vitest/config';
import { deployedFontsFile } from './proofs/use-deployed-fonts.ts';
import { LongFilesFirst } from './test/long-files-first.ts';

export default defineConfig({
  test: {
    include: ['{test,packages/*/test,dashboard/test}/**/*.{test,golden}.ts'],
    // They need Python and a deployment of their own: `npm run test:emulator`.
    exclude: [...configDefaults.exclude, 'test/aws-emulator/**'],
    // Vitest leaves a processor free, which on a machine with two is half of it. Who develops has other work for it.
    ...(process.env.CI && { maxWorkers: '100%' }),
    sequence: { sequencer: LongFilesFirst },
    env: { FONTCONFIG_FILE: deployedFontsFile() },
    // To end what hangs, on a machine that is busy with other work. What must be fast says so in its own words.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
