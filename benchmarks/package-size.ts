import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fontsLayer } from '../lib/bundling/fonts-layer.ts';
import { LAYER_ZIPPED_BYTES, zippedSize } from '../lib/bundling/zipped-size.ts';
import { table } from './measure.ts';

const ROOT = join(import.meta.dirname, '..');
const LAYERS = join(ROOT, 'node_modules/.cache/vitrine/sharp-layer');

/** Megabytes, zipped, of what Lambda unpacks for the transformer. Fonts are opened when the first text is drawn. */
export function packageSize(bundle: string): string {
  const layer = newestSharpLayer(LAYERS);
  return table(
    ['package', 'MB zipped'],
    [
      ['function', megabytes(zippedSize(dirname(bundle)))],
      [
        `sharp layer, at most ${megabytes(LAYER_ZIPPED_BYTES)}`,
        layer ? megabytes(zippedSize(layer)) : 'not made on this machine (npm run synth makes it)',
      ],
      ['fonts layer', megabytes(zippedSize(fontsLayer(ROOT).folder))],
    ],
  );
}

/** A synthesis that only runs on this machine leaves a placeholder, which has no packages in it. */
export function newestSharpLayer(layers: string): string | undefined {
  if (!existsSync(layers)) return undefined;
  const made = readdirSync(layers)
    .map((name) => join(layers, name))
    .filter((folder) => existsSync(join(folder, 'nodejs/node_modules/sharp')));
  return made.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);
