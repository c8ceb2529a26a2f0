import { expect, test } from 'vitest';
import type { Route } from '../../../lambda/handlers/http/route.ts';
import { route } from '../../../lambda/handlers/http/route.ts';

const routes: Route[] = [
  { method: 'GET', path: '/v1/files', handle: async () => new Response('list') },
  { method: 'POST', path: '/v1/files', handle: async (request) => new Response(await request.text()) },
];
const ask = (method: string, path: string, body?: string) =>
  route(routes, new Request(`https://api.invalid${path}`, { method, ...(body !== undefined && { body }) }));

test('a request goes to the route of its method and path', async () => {
  expect(await (await ask('GET', '/v1/files')).text()).toBe('list');
  expect(await (await ask('POST', '/v1/files', 'body')).text()).toBe('body');
});

test.each(['/v1/files/', '/v1/files//', '/v1/files?limit=1'])('%s is the same path', async (path) => {
  expect((await ask('GET', path)).status).toBe(200);
});

test.each(['/', '/v1', '/v1/files/x', '/V1/files', '/v1//files'])('%s is unknown', async (path) => {
  await expect(ask('GET', path)).rejects.toMatchObject({ code: 'route.unknown', status: 404 });
});

test('another method is refused with those that work', async () => {
  await expect(ask('DELETE', '/v1/files')).rejects.toMatchObject({
    status: 405,
    message: '"/v1/files" allows GET, POST.',
  });
});

test('a preflight is answered on any path', async () => {
  const response = await ask('OPTIONS', '/nowhere');

  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
});

const withParameters: Route[] = [
  { method: 'GET', path: '/v1/files/:fileId', handle: async (_request, { fileId }) => new Response(`file ${fileId}`) },
  { method: 'POST', path: '/v1/files/purge', handle: async () => new Response('purge') },
];
const askWith = (method: string, path: string) =>
  route(withParameters, new Request(`https://api.invalid${path}`, { method }));

test('a segment of the path is handed on, decoded', async () => {
  expect(await (await askWith('GET', '/v1/files/a%20b%2Fc/')).text()).toBe('file a b/c');
});

test('a written segment comes before a parameter', async () => {
  expect(await (await askWith('POST', '/v1/files/purge')).text()).toBe('purge');
  await expect(askWith('GET', '/v1/files/purge')).rejects.toMatchObject({ status: 405 });
});

test.each(['/v1/files//', '/v1/files/%ff', '/v1/files/a/b'])('%s has no such segment', async (path) => {
  await expect(askWith('GET', path)).rejects.toMatchObject({ code: 'route.unknown' });
});
