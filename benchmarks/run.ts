import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import ImageKit, { toFile } from '@imagekit/nodejs';
import { avifBytes } from './avif-bytes.ts';
import { type Product, startProduct } from './children.ts';
import { edgeFunctionCost } from './edge-function.ts';
import { handlerStart } from './handler-start.ts';
import { hostileRequests } from './hostile-requests.ts';
import { packageSize } from './package-size.ts';
import { benchmarkPhotos, corpusOf, type Photo } from './photos.ts';
import { renderCost } from './render-cost.ts';
import { resizeFidelity } from './resize-fidelity.ts';
import { canScore } from './score.ts';
import { throughput } from './throughput.ts';

/** `npm run bench`: starts the product, measures it beside its comparisons, prints tables. See README.md here. */
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
const state = join(folder, 'state');
try {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}\n`);
  const photos = await benchmarkPhotos();
  const [first] = photos;
  if (!first) throw new Error('The folder in BENCH_PHOTOS has no JPEG.');
  console.log(`${corpusOf(photos)}\n`);
  if (!canScore) console.log('Not scored: SSIMULACRA2 names no program that compares two PNG files.\n');
  const product = await startProduct(state);
  await upload(product, photos);
  console.log(`${await renderCost(product, photos)}\n`);
  console.log(`${await hostileRequests(product, first)}\n`);
  console.log(`${await throughput(state, product, first)}\n`);
  console.log(`${await resizeFidelity(photos)}\n`);
  console.log(`${await avifBytes(photos)}\n`);
  console.log(`${handlerStart(transformerBundle())}\n`);
  console.log(`${packageSize(transformerBundle())}\n`);
  console.log(edgeFunctionCost());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function upload(product: Product, photos: readonly Photo[]): Promise<void> {
  const client = new ImageKit({ privateKey: product.privateKey, baseURL: product.api });
  for (const { name, bytes } of photos) {
    await client.files.upload({
      file: await toFile(bytes, name),
      fileName: name,
      folder: '/bench',
      useUniqueFileName: false,
    });
  }
}

/** The bundle of the newest synthesized assembly, which the start of the product has just used. */
function transformerBundle(): string {
  const bundles = join(import.meta.dirname, '../node_modules/.cache/vitrine');
  const found = readdirSync(bundles, { recursive: true, encoding: 'utf8' })
    .filter((file) => /transform[^/]*\/index\.mjs$/.test(file))
    .map((file) => join(bundles, file))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (!found[0]) throw new Error(`No bundle of the transformer below ${bundles}.`);
  return found[0];
}
