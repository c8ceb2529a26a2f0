import {
  type EdgeFunction,
  languageFaults,
  loadEdgeFunction,
  MAXIMUM_CODE_BYTES,
  OriginChoice,
} from 'local-cloud/edge-functions';
import { beforeAll, expect, it } from 'vitest';
import { BUFFERED_UPLOAD_BYTES, LIMITS } from '../../lambda/contract/limits.ts';
import { API_ORIGIN_ID, UPLOAD_ORIGIN_ID } from '../../lambda/contract/streamed-upload.ts';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { ROOT } from '../architecture/sources.ts';

let code: string;
let edge: EdgeFunction;

beforeAll(() => {
  code = bundleEdgeFunction(ROOT, 'upload-request');
  edge = loadEdgeFunction({ code }, 'upload-request');
});

/** Who takes a request: the origin that was chosen, else the behaviour's. */
function takerOf(headers: Readonly<Record<string, string>>, method = 'POST') {
  const values = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
  const request = { method, uri: '/api/v1/files/upload', querystring: {}, headers: values, cookies: {} };
  const choice = new OriginChoice(new Set([API_ORIGIN_ID]));
  const result = edge.run({ request }, undefined, new Date(), choice) as { readonly statusCode?: number };
  return result.statusCode ?? choice.chosen?.ids[0] ?? UPLOAD_ORIGIN_ID;
}

it('is small enough and in the language of the edge', () => {
  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(MAXIMUM_CODE_BYTES);
  expect(languageFaults(code)).toEqual([]);
});

it('leaves to the API what the API can hold, and everything that is no upload', () => {
  expect(takerOf({ 'content-length': String(BUFFERED_UPLOAD_BYTES) })).toBe(API_ORIGIN_ID);
  expect(takerOf({}, 'OPTIONS')).toBe(API_ORIGIN_ID);
  expect(takerOf({}, 'GET')).toBe(API_ORIGIN_ID);
  expect(BUFFERED_UPLOAD_BYTES).toBeLessThan(LIMITS.directUploadBytes);
});

it('gives the receiver what is larger, and what may be: a body of unknown length', () => {
  expect(takerOf({ 'content-length': String(BUFFERED_UPLOAD_BYTES + 1) })).toBe(UPLOAD_ORIGIN_ID);
  expect(takerOf({ 'transfer-encoding': 'chunked' })).toBe(UPLOAD_ORIGIN_ID);
});

it('refuses a head that the API would refuse', () => {
  expect(takerOf({ 'x-long': 'x'.repeat(LIMITS.requestHeadBytes) })).toBe(431);
});
