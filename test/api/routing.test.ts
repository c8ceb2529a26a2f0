import { expect, test } from 'vitest';
import { z } from 'zod';
import type { AnyOperation, Method } from '../../lambda/api/operation.ts';
import { router } from '../../lambda/api/routing.ts';

const operation = (method: Method, path: string): AnyOperation => ({
  id: `${method} ${path}`,
  methods: [method],
  paths: [path],
  access: { public: 'It is a test.' },
  resource: 'tests',
  input: { path: z.unknown(), query: z.unknown(), body: { kind: 'none' } },
  answer: { status: 200, schema: z.unknown() },
  problems: [],
  audit: { none: 'It is a test.' },
  rateClass: 'read',
  sentence: 'Tests.',
  example: {},
  run: async () => undefined,
});

const find = router([operation('GET', '/v1/files'), operation('POST', '/v1/files')]);
const codeOf = (work: () => unknown) => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};

test('a request goes to the operation of its method and path', () => {
  expect(find('GET', '/v1/files').operation.id).toBe('GET /v1/files');
  expect(find('POST', '/v1/files').operation.id).toBe('POST /v1/files');
});

test.each(['/v1/files/', '/v1/files//'])('%s is the same path', (path) => {
  expect(find('GET', path).operation.id).toBe('GET /v1/files');
});

test.each(['/', '/v1', '/v1/files/x', '/V1/files', '/v1//files'])('%s is unknown', (path) => {
  expect(codeOf(() => find('GET', path))).toMatchObject({ code: 'route.unknown', status: 404 });
});

test('another method is refused with those that work', () => {
  expect(codeOf(() => find('DELETE', '/v1/files'))).toMatchObject({
    status: 405,
    message: '"/v1/files" allows GET, POST.',
  });
});

const findWith = router([operation('GET', '/v1/files/:fileId'), operation('POST', '/v1/files/purge')]);

test('a segment of the path is handed on, decoded', () => {
  expect(findWith('GET', '/v1/files/a%20b%2Fc/').parameters).toEqual({ fileId: 'a b/c' });
});

test('a written segment comes before a parameter', () => {
  expect(findWith('POST', '/v1/files/purge').operation.id).toBe('POST /v1/files/purge');
  expect(codeOf(() => findWith('GET', '/v1/files/purge'))).toMatchObject({ status: 405 });
});

test.each(['/v1/files//', '/v1/files/%ff', '/v1/files/a/b'])('%s has no such segment', (path) => {
  expect(codeOf(() => findWith('GET', path))).toMatchObject({ code: 'route.unknown' });
});
