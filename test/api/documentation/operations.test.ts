import { expect, test } from 'vitest';
import type { ApiDeps } from '../../../lambda/api/deps.ts';
import { serve } from '../../../lambda/api/serve.ts';
import { API_OPERATIONS } from '../../../lambda/api/table.ts';

/** The documentation needs nothing of a deployment. */
const answer = serve(
  API_OPERATIONS,
  () => ({ refusals: { note: () => undefined, tell: async () => undefined } }) as unknown as ApiDeps,
);

const get = (path: string) =>
  answer({
    requestId: 'r',
    read: () => new Request(`https://api.invalid${path}`, { headers: { host: 'api.example.com' } }),
    report: () => undefined,
  });

test.each(['/docs', '/'])('%s is a page that a browser may keep for five minutes', async (path) => {
  const { status, headers } = await get(path);

  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'public, max-age=300',
    'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

test('the OpenAPI document is JSON that anybody may read', async () => {
  const document = await get('/v1/openapi.json');

  expect(document.headers.get('content-type')).toBe('application/json');
  expect(document.headers.get('access-control-allow-origin')).toBe('*');
  expect(await document.json()).toMatchObject({ openapi: '3.1.0', servers: [{ url: '/' }] });
});
