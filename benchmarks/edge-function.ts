import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { loadEdgeFunction } from 'local-cloud/edge-functions';
import { bundleEdgeFunction } from '../lib/bundling/bundle-edge-function.ts';
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

const CASES: readonly (readonly [name: string, path: string, query: string])[] = [
  ['unsigned', '/a/photo.jpg', 'tr=w-400,h-300'],
  ['signed, eight keys', '/a/photo.jpg', `tr=w-400&ik-s=${sign('a/photo.jpg?tr=w-400')}`],
  [
    'signed, prefix, escapes to undo',
    '/shop/a.jpg',
    `tr=l-text,i-a%20b,l-end&ik-s=${sign('a.jpg?tr=l-text,i-a b,l-end')}`,
  ],
  ['refused', '/a/photo.jpg', `tr=w-400&ik-s=${'0'.repeat(40)}`],
];

/**
 * CPU time of one call of the viewer-request function, as shipped, in the sandbox of the local CDN: the sandbox's own
 * time included. CloudFront allows about a millisecond (AWS, "Compute utilization").
 */
export function edgeFunctionCost(): string {
  const code = bundleEdgeFunction(join(import.meta.dirname, '..'), 'viewer-request');
  const edge = loadEdgeFunction({ code, store: SETTINGS }, 'viewer-request');
  const call = (path: string, query: string): void => {
    const request = { method: 'GET', uri: path, querystring: {}, headers: {}, cookies: {} };
    edge.run({ request, viewer: { ip: '192.0.2.1' }, context: {} }, query, new Date());
  };
  const rows = CASES.map(([name, path, query]) => {
    call(path, query);
    const rounds = Array.from({ length: ROUNDS }, () => {
      const before = process.threadCpuUsage();
      for (let count = 0; count < CALLS; count++) call(path, query);
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000 / CALLS;
    });
    return [name, median(rounds).toFixed(3)];
  });
  return table([`edge function, ${Buffer.byteLength(code)} bytes`, 'CPU ms a call'], rows);
}
