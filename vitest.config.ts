import { configDefaults, defineConfig } from 'vitest/config';
import { deployedFontsFile } from './proofs/use-deployed-fonts.ts';

export default defineConfig({
  test: {
    include: ['{test,packages/*/test}/**/*.{test,golden}.ts'],
    // They need Python and a deployment of their own: `npm run test:emulator`.
    exclude: [...configDefaults.exclude, 'test/aws-emulator/**'],
    env: { FONTCONFIG_FILE: deployedFontsFile() },
    // To end what hangs, on a machine that is busy with other work. What must be fast says so in its own words.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
