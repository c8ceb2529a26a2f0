import { defineConfig } from 'vitest/config';
import { deployedFontsFile } from './proofs/use-deployed-fonts.ts';

export default defineConfig({
  test: {
    include: ['{test,packages/*/test}/**/*.{test,golden}.ts'],
    env: { FONTCONFIG_FILE: deployedFontsFile() },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
