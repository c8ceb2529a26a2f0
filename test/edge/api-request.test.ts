import { type EdgeFunction, languageFaults, loadEdgeFunction, MAXIMUM_CODE_BYTES } from 'local-cloud/edge-functions';
import { beforeAll, expect, it } from 'vitest';
import { LIMITS } from '../../lambda/contract/limits.ts';
import { PROBLEMS } from '../../lambda/core/kernel/problems.ts';
import { bundleEdgeFunction } from '../../lib/bundling/bundle-edge-function.ts';
import { ROOT } from '../architecture/sources.ts';
import { type Outcome, runViewerRequest } from './edge-sandbox.ts';

let code: string;
let edge: EdgeFunction;

beforeAll(() => {
  code = bundleEdgeFunction(ROOT, 'api-request');
  edge = loadEdgeFunction({ code }, 'api-request');
});

const ask = (headers: Record<string, string>, path = '/v1/files', query?: string): Outcome =>
  runViewerRequest(edge, path, query, { headers: { host: 'api.example.com', ...headers }, method: 'POST' });

const problemOf = ({ body }: Outcome): { message: string; help: string; code: keyof typeof PROBLEMS } =>
  JSON.parse(body?.data ?? '');

it('is small enough and in the language of the edge', () => {
  expect(Buffer.byteLength(code)).toBeLessThanOrEqual(MAXIMUM_CODE_BYTES);
  expect(languageFaults(code)).toEqual([]);
});

it('hands a request on as it is, up to the limits', () => {
  const outcome = ask({ 'content-length': String(LIMITS.requestBodyBytes), 'x-long': 'x'.repeat(9000) });

  expect(outcome.statusCode).toBeUndefined();
  expect(outcome.uri).toBe('/v1/files');
});

it('refuses a larger body with the limit and the way that takes it', () => {
  const outcome = ask({ 'content-length': String(LIMITS.requestBodyBytes + 1) });
  const { message, help, code: found } = problemOf(outcome);

  expect(outcome.statusCode).toBe(PROBLEMS[found].status);
  expect(message).toContain(`at most ${LIMITS.requestBodyBytes} bytes, this one has ${LIMITS.requestBodyBytes + 1}`);
  expect(message).toContain('POST /v1/uploads');
  expect(help).toBe('https://api.example.com/docs#body.too-large');
  expect(outcome.headers['access-control-allow-origin']?.value).toBe('*');
});

it.each([
  ['headers', { 'x-long': 'x'.repeat(LIMITS.requestHeadBytes) }, undefined],
  ['an address', {}, `q=${'x'.repeat(LIMITS.requestHeadBytes)}`],
])('refuses %s that API Gateway might not take', (_, headers, query) => {
  const outcome = ask(headers, '/v1/files', query);
  const { message, code: found } = problemOf(outcome);

  expect([outcome.statusCode, found]).toEqual([431, 'head.too-large']);
  expect(PROBLEMS[found].status).toBe(431);
  expect(message).toContain(`at most ${LIMITS.requestHeadBytes} bytes`);
});
