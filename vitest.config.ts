import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { FONTS_CONF, FONTS_FOLDER } from './lambda/contract/fonts.ts';
import { fontsLayer } from './lib/bundling/fonts-layer.ts';

/** Texts are drawn with the fonts that are deployed; a machine's own would make other pictures on each. */
const FONTCONFIG_FILE = join(fontsLayer(import.meta.dirname).folder, FONTS_FOLDER, FONTS_CONF);

export default defineConfig({
  test: {
    include: ['{test,packages/*/test}/**/*.{test,golden,fuzz}.ts'],
    env: { FONTCONFIG_FILE },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
