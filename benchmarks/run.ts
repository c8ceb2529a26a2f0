import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareWith } from './against/compare.ts';
import { avifBytes } from './avif-bytes.ts';
import { type Product, startProduct } from './children.ts';
import { edgeFunctionCost } from './edge-function.ts';
import { benchmarkGraphics } from './graphics.ts';
import { handlerStart } from './handler-start.ts';
import { hostileRequests } from './hostile-requests.ts';
import { loadNow, MOST_LOAD, rowsOf, withoutRatios } from './machine-load.ts';
import { packageSize } from './package-size.ts';
import { benchmarkPhotos, corpusOf, type Photo } from './photos.ts';
import { renderCost } from './render-cost.ts';
import { resizeFidelity } from './resize-fidelity.ts';
import { canScore } from './score.ts';
import { throughput } from './throughput.ts';
import { uploadCost } from './upload-cost.ts';
import { uploadPhotos } from './upload-photos.ts';
import { measuredVersions } from './versions.ts';

/**
 * `npm run bench`: starts the product, measures it beside its comparisons, prints tables. `npm run bench -- render avif` makes
 * these tables alone, `--json FILE` writes what was measured. With `--against REV` it measures this tree beside a commit
 * instead, and ends with 1 when a row is slower. See README.md here.
 */
const { values, positionals } = parseArgs({
  options: { against: { type: 'string' }, rounds: { type: 'string', default: '15' }, json: { type: 'string' } },
  allowPositionals: true,
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 2) throw new Error('--rounds takes a whole number from 2 on.');

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
const state = join(folder, 'state');

/** What a table needs. */
interface Measured {
  readonly photos: readonly Photo[];
  readonly graphics: readonly Photo[];
  readonly first: Photo;
  readonly product: () => Promise<Product>;
}

let started: Promise<Product> | undefined;

/** The tables by the name that asks for one alone, in the order in which they are made. */
const TABLES: Readonly<Record<string, (measured: Measured) => Promise<string> | string>> = {
  render: async ({ photos, graphics, product }) => renderCost(await product(), [...photos, ...graphics]),
  hostile: async ({ first, product }) => hostileRequests(await product(), first),
  upload: async ({ product }) => uploadCost(await product()),
  // Restarts the product, so it is the last that needs it.
  source: async ({ first, product }) => throughput(state, await product(), first),
  resize: ({ photos }) => resizeFidelity(photos),
  avif: ({ photos }) => avifBytes(photos),
  import: () => handlerStart(transformerBundle()),
  package: () => packageSize(transformerBundle()),
  edge: () => edgeFunctionCost(),
};

const unknown = positionals.filter((name) => !(name in TABLES));
if (unknown.length > 0)
  throw new Error(`No table is named ${unknown.join(', ')}; there are ${Object.keys(TABLES).join(', ')}.`);

try {
  console.log(`Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model}\n`);
  const photos = await benchmarkPhotos();
  console.log(`${corpusOf(photos)}\n`);
  if (values.against === undefined) await measureAll(photos);
  else if (!(await compareWith(values.against, rounds, folder, photos))) process.exitCode = 1;
} finally {
  // A table alone may leave the product that it needed.
  await (await started)?.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measureAll(photos: readonly Photo[]): Promise<void> {
  const [first] = photos;
  if (!first) throw new Error('The folder in BENCH_PHOTOS has no JPEG.');
  if (!canScore) console.log('Not scored: SSIMULACRA2 names no program that compares two PNG files.\n');
  const before = loadNow();
  const tellsRatios = before <= MOST_LOAD;
  console.log(
    `Load of the machine before: ${before.toFixed(2)}.${tellsRatios ? '' : ` Above ${MOST_LOAD} no ratio is told.`}\n`,
  );
  const graphics = await benchmarkGraphics();
  const product = () => (started ??= startWith([...photos, ...graphics]));
  const tables: Record<string, string> = {};
  for (const [name, make] of Object.entries(TABLES)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const made = await make({ photos, graphics, first, product });
    tables[name] = tellsRatios ? made : withoutRatios(made);
    console.log(`${tables[name]}\n`);
  }
  const after = loadNow();
  console.log(`Load of the machine after, this benchmark included: ${after.toFixed(2)}.`);
  if (values.json !== undefined) writeFileSync(values.json, resultOf(photos, { before, after }, tables));
}

async function startWith(photos: readonly Photo[]): Promise<Product> {
  const product = await startProduct(state);
  await uploadPhotos(product, photos);
  return product;
}

function resultOf(photos: readonly Photo[], load: object, tables: Readonly<Record<string, string>>): string {
  const measured = Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, rowsOf(table)]));
  const machine = { node: process.version, processors: cpus().length, model: cpus()[0]?.model };
  const result = {
    at: new Date().toISOString(),
    machine,
    versions: measuredVersions(),
    load,
    corpus: corpusOf(photos),
    measured,
  };
  return `${JSON.stringify(result, undefined, 2)}\n`;
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
