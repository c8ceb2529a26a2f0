import { join } from 'node:path';
import { FONTS_CONF, FONTS_FOLDER } from '../lambda/contract/fonts.ts';
import { fontsLayer } from '../lib/bundling/fonts-layer.ts';

/** Texts are drawn with the fonts that are deployed; a machine's own would make other pictures on each. */
export const deployedFontsFile = (): string =>
  join(fontsLayer(join(import.meta.dirname, '..')).folder, FONTS_FOLDER, FONTS_CONF);

/** Call it before sharp is loaded. */
export function useDeployedFonts(): void {
  process.env.FONTCONFIG_FILE = deployedFontsFile();
}
