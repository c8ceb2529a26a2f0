import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { callEdgeFunction, EDGE_CASES, loadEdge } from '../edge-function.ts';
import { importOnce } from '../handler-start.ts';
import { cpuMilliseconds, descendantsOf, drive, functionProcesses } from '../measure.ts';
import type { Photo } from '../photos.ts';
import { casesOf } from '../render-cases.ts';
import type { Side } from './side.ts';

/** Something that both sides do, and what it costs. */
export interface PairedRow {
  readonly name: string;
  /** Milliseconds that it may cost more without being called slower. */
  readonly allowed?: number;
  /** Milliseconds of processor time. */
  readonly measure: (side: Side) => Promise<number> | number;
}

const RENDERS_A_ROUND = 12;
const HITS_A_ROUND = 400;
const IMPORTS_A_ROUND = 3;

/** The rows of `npm run bench` that a change of the product can change. */
export function pairedRows(photos: readonly Photo[]): PairedRow[] {
  return [
    ...photos.flatMap(renderRows),
    ...photos.slice(0, 1).map(hitRow),
    importRow('transformer', 'transformer'),
    importRow('API function', 'api', 10),
    ...EDGE_CASES.map(edgeRow),
  ];
}

function renderRows(photo: Photo): PairedRow[] {
  return casesOf(photo).map(({ width, format, accept }) => ({
    name: `render ${photo.name} to ${width}, ${format}`,
    measure: ({ product }) => {
      const turn = process.hrtime.bigint();
      const query = `tr=w-${width},f-${format === 'jpeg' ? 'jpg' : format}`;
      const urls = Array.from(
        { length: RENDERS_A_ROUND },
        (_, index) => `${product.media}/bench/${photo.name}?${query}&updatedAt=${turn}${index}`,
      );
      return costOf(urls, accept, () => functionProcesses(product.pid, 'transform'));
    },
  }));
}

function hitRow(photo: Photo): PairedRow {
  return {
    name: 'hit of the cache, all processes',
    measure: async ({ product }) => {
      const url = `${product.media}/bench/${photo.name}?tr=w-333,f-jpg`;
      await drive([url], 1);
      const urls = Array.from({ length: HITS_A_ROUND }, () => url);
      return costOf(urls, '*/*', () => [product.pid, ...descendantsOf(product.pid)]);
    },
  };
}

/** Processor milliseconds of the processes for each request. @throws when one of them fails */
async function costOf(urls: readonly string[], accept: string, processes: () => readonly number[]): Promise<number> {
  const total = (): number => processes().reduce((sum, pid) => sum + cpuMilliseconds(pid), 0);
  const before = total();
  const { requests, failed } = await drive(urls, 1, accept);
  if (failed > 0) throw new Error(`${failed} of ${requests} requests failed: ${urls[0]}`);
  return (total() - before) / requests;
}

function importRow(what: string, bundle: keyof Side['bundles'], allowed = 0): PairedRow {
  return {
    name: `import of the ${what}`,
    allowed,
    measure: async ({ root, bundles }) => {
      const names = await import(pathToFileURL(join(root, 'lambda/contract/environment.ts')).href);
      const runs = Array.from(
        { length: IMPORTS_A_ROUND },
        () => importOnce(pathToFileURL(bundles[bundle]).href, names.ENVIRONMENT).cpu,
      );
      return runs.reduce((sum, cpu) => sum + cpu, 0) / runs.length;
    },
  };
}

/** The sandbox is this tree's for both: its own cost is the same. */
function edgeRow(edgeCase: (typeof EDGE_CASES)[number]): PairedRow {
  const loaded = new Map<string, Awaited<ReturnType<typeof loadEdge>>>();
  return {
    name: `edge function, ${edgeCase.name}`,
    measure: async ({ root }) => {
      const loadedEdge = loaded.get(root) ?? (await loadEdge(root));
      loaded.set(root, loadedEdge);
      return callEdgeFunction(loadedEdge.edge, edgeCase);
    },
  };
}
