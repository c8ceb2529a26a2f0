import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareWith } from './against/compare.ts';
import { avifBytes } from './avif-bytes.ts';
import { startProduct } from './children.ts';
import { edgeFunctionCost } from './edge-function.ts';
import { handlerStart } from './handler-start.ts';
import { hostileRequests } from './hostile-requests.ts';
import { packageSize } from './package-size.ts';
import { benchmarkPhotos, corpusOf, type Photo } from './photos.ts';
import { renderCost } from './render-cost.ts';
import { resizeFidelity } from './resize-fidelity.ts';
import { canScore } from './score.ts';
import { throughput } from './throughput.ts';
import { uploadPhotos } from './upload-photos.ts';

/**
 * `npm run bench`: starts the product, measures it beside its comparisons, prints tables. With `--against REV` it measures
 * this tree beside a commit instead, and ends with 1 when a row is slower. See README.md here.
 */
const { values } = parseArgs({ options: { against: { type: 'string' }, rounds: { type: 'string', default: '15' } } });
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 2) throw new Error('--rounds takes a whole number from 2 on.');

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
try {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}\n`);
  const photos = await benchmarkPhotos();
  console.log(`${corpusOf(photos)}\n`);
  if (values.against === undefined) await measureAll(photos);
  else if (!(await compareWith(values.against, rounds, folder, photos))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll(photos: readonly Photo[]): Promise<void> {
  const [first] = photos;
  if (!first) throw new Error('The folder in BENCH_PHOTOS has no JPEG.');
  if (!canScore) console.log('Not scored: SSIMULACRA2 names no program that compares two PNG files.\n');
  const state = join(folder, 'state');
  const product = await startProduct(state);
  await uploadPhotos(product, photos);
  console.log(`${await renderCost(product, photos)}\n`);
  console.log(`${await hostileRequests(product, first)}\n`);
  console.log(`${await throughput(state, product, first)}\n`);
  console.log(`${await resizeFidelity(photos)}\n`);
  console.log(`${await avifBytes(photos)}\n`);
  console.log(`${handlerStart(transformerBundle())}\n`);
  console.log(`${packageSize(transformerBundle())}\n`);
  console.log(await edgeFunctionCost());
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
