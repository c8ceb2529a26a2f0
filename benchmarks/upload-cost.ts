import type { Product } from './children.ts';
import { FormUploader } from './form-uploader.ts';
import { cpuMilliseconds, descendantsOf, functionProcesses, table } from './measure.ts';

/** Clients that upload at the same time, each its next file as soon as it has its answer. With eight, two processors wait at times. */
const CLIENTS = 12;

/** Enough files that starting counts for nothing. */
const KINDS: readonly (readonly [name: string, bytes: number, files: number])[] = [
  ['100 bytes', 100, 1200],
  ['4 MB', 4_000_000, 96],
];

/** What an upload of a file that is no picture costs each process, and how many go in within a second. */
export async function uploadCost(product: Product): Promise<string> {
  const rows: string[][] = [];
  for (const [name, bytes, files] of KINDS) {
    await upload(product, `warm ${name}`, bytes, CLIENTS * 4);
    const before = costs(product);
    const own = process.cpuUsage();
    const started = performance.now();
    await upload(product, name, bytes, files);
    const seconds = (performance.now() - started) / 1000;
    const each = costs(product).map((cost, index) => ((cost - (before[index] ?? 0)) / files).toFixed(1));
    const { user, system } = process.cpuUsage(own);
    rows.push([name, (files / seconds).toFixed(1), ...each, ((user + system) / 1000 / files).toFixed(1)]);
  }
  return table(['Upload', 'a second', ...PARTS.map(([part]) => `${part}, ms`), 'client, ms'], rows);
}

const PARTS: readonly (readonly [name: string, pids: (product: Product) => readonly number[]])[] = [
  ['API function', ({ pid }) => functionProcesses(pid, '-api')],
  ['ingest', ({ pid }) => functionProcesses(pid, 'ingest')],
  ['followers', ({ pid }) => functionProcesses(pid, 'follow')],
  ['local cloud', ({ pid }) => [pid]],
  ['everything', ({ pid }) => [pid, ...descendantsOf(pid)]],
];

const costs = (product: Product): number[] =>
  PARTS.map(([, pids]) => pids(product).reduce((sum, pid) => sum + cpuMilliseconds(pid), 0));

async function upload(product: Product, kind: string, bytes: number, files: number): Promise<void> {
  const uploader = new FormUploader(product, CLIENTS);
  let next = 0;
  const client = async (): Promise<void> => {
    for (let number = next++; number < files; number = next++) {
      const content = Buffer.alloc(bytes, `${kind} ${number} `);
      const fields = { fileName: `${number}.txt`, folder: `/upload cost/${kind}`, useUniqueFileName: 'false' };
      await uploader.upload(fields, content);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  uploader.close();
}
