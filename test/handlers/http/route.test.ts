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
    message: '"/v1/files" may be called with GET, POST.',
  });
});

test('a preflight is answered on any path', async () => {
  const response = await ask('OPTIONS', '/nowhere');

  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
});
