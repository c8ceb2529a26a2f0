import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fontsLayer } from '../lib/bundling/fonts-layer.ts';
import { LAYER_ZIPPED_BYTES, zippedSize } from '../lib/bundling/zipped-size.ts';
import { table } from './measure.ts';

const ROOT = join(import.meta.dirname, '..');
const LAYERS = join(ROOT, 'node_modules/.cache/vitrine/sharp-layer');

/** Megabytes, zipped, of what Lambda unpacks for the transformer. Fonts are opened when the first text is drawn. */
export function packageSize(bundle: string): string {
  const sharp = readdirSync(LAYERS).map((name) => zippedSize(join(LAYERS, name)));
  const parts = [
    ['function', zippedSize(dirname(bundle))],
    [`sharp layer, at most ${megabytes(LAYER_ZIPPED_BYTES)}`, Math.max(...sharp)],
    ['fonts layer', zippedSize(fontsLayer(ROOT).folder)],
  ] as const;
  return table(
    ['package', 'MB zipped'],
    parts.map(([name, bytes]) => [name, megabytes(bytes)]),
  );
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);
