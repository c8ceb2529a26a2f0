import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type EdgeFunction, loadEdgeFunction } from 'local-cloud/edge-functions';
import { median, table } from './measure.ts';

const ROUNDS = 15;
const CALLS = 200;
const KEY = 'k'.repeat(40);

const SETTINGS = new Map([
  ['endpoint:default', '{"paused":false}'],
  ['endpoint:shop', '{"paused":false}'],
  ['prefix:shop', 'shop'],
  // As many keys as there may be; the one that signs comes last.
  [
    'keys',
    JSON.stringify([...'abcdefg', KEY].map((key, index) => ({ i: String(index), k: key.padEnd(40, 'x'), s: 0, e: 0 }))),
  ],
]);

const sign = (text: string): string => createHmac('sha1', KEY).update(`${text}9999999999`).digest('hex');

/** A URL that the edge function judges. */
export interface EdgeCase {
  readonly name: string;
  readonly path: string;
  readonly query: string;
}

export const EDGE_CASES: readonly EdgeCase[] = [
  { name: 'unsigned', path: '/a/photo.jpg', query: 'tr=w-400,h-300' },
  { name: 'signed, eight keys', path: '/a/photo.jpg', query: `tr=w-400&ik-s=${sign('a/photo.jpg?tr=w-400')}` },
  {
    name: 'signed, prefix, escapes to undo',
    path: '/shop/a.jpg',
    query: `tr=l-text,i-a%20b,l-end&ik-s=${sign('a.jpg?tr=l-text,i-a b,l-end')}`,
  },
  { name: 'refused', path: '/a/photo.jpg', query: `tr=w-400&ik-s=${'0'.repeat(40)}` },
];

/** The viewer-request function of a source tree, bundled as it bundles it, in the sandbox of this tree. */
export async function loadEdge(root: string): Promise<{ readonly edge: EdgeFunction; readonly bytes: number }> {
  const bundling = await import(pathToFileURL(join(root, 'lib/bundling/bundle-edge-function.ts')).href);
  const code: string = bundling.bundleEdgeFunction(root, 'viewer-request');
  return { edge: loadEdgeFunction({ code, store: SETTINGS }, 'viewer-request'), bytes: Buffer.byteLength(code) };
}

/** Milliseconds of processor time of a call, the mean of many. */
export function callEdgeFunction(edge: EdgeFunction, { path, query }: EdgeCase): number {
  const request = { method: 'GET', uri: path, querystring: {}, headers: {}, cookies: {} };
  const call = () => edge.run({ request, viewer: { ip: '192.0.2.1' }, context: {} }, query, new Date());
  call();
  // Of all threads: the function runs in one of its own.
  const before = process.cpuUsage();
  for (let count = 0; count < CALLS; count++) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / CALLS;
}

/**
 * CPU time of one call of the viewer-request function, as shipped, in the sandbox of the local CDN: the sandbox's own
 * time included. CloudFront allows about a millisecond (AWS, "Compute utilization").
 */
export async function edgeFunctionCost(): Promise<string> {
  const { edge, bytes } = await loadEdge(join(import.meta.dirname, '..'));
  const rows = EDGE_CASES.map((edgeCase) => {
    const rounds = Array.from({ length: ROUNDS }, () => callEdgeFunction(edge, edgeCase));
    return [edgeCase.name, median(rounds).toFixed(3)];
  });
  return table([`edge function, ${bytes} bytes`, 'CPU ms a call'], rows);
}
