import { expect, test, vi } from 'vitest';
import { errorDelivery, sameUrlDelivery, withoutBody } from '../../../lambda/core/delivery/delivery.ts';
import type { ProblemCode } from '../../../lambda/core/kernel/problems.ts';
import { PROBLEMS, problem } from '../../../lambda/core/kernel/problems.ts';

const timing = { fetch: 1.25, transform: 0 };
const bodyOf = (body: unknown) => new TextDecoder().decode(body as Uint8Array);

test.each(Object.keys(PROBLEMS) as ProblemCode[])('%s is answered with its status, code and life', (code) => {
  const { status, cacheSeconds, mediaCode } = PROBLEMS[code];

  const { headers, body, ...rest } = errorDelivery(problem(code, 'Because.'), timing);

  expect(rest.status).toBe(status);
  expect(bodyOf(body)).toBe('Because.\n');
  expect(headers).toMatchObject({
    'content-type': 'text/plain; charset=utf-8',
    'content-length': '9',
    'cache-control': cacheSeconds ? `public, max-age=${cacheSeconds}` : 'no-store',
    'ik-error': `${mediaCode} - Because.`,
    'server-timing': 'fetch;dur=1.3, transform;dur=0.0, cache;desc=miss',
  });
});

test.each([
  ['render.timeout', 504],
  ['render.memory', 503],
] as const)('%s is not the URL’s fault: it is kept for seconds and asked for again', (code, status) => {
  const { headers, ...rest } = errorDelivery(problem(code, 'Because.'), timing);

  expect(rest.status).toBe(status);
  expect(headers).toMatchObject({ 'cache-control': 'public, max-age=10', 'retry-after': '10' });
});

test('what no repetition mends says nothing of one', () => {
  for (const code of ['transformation.limit', 'origin.broken', 'endpoint.paused'] as const) {
    expect(errorDelivery(problem(code, 'Because.'), timing).headers['retry-after']).toBeUndefined();
  }
});

test('what a client wrote cannot leave its header', () => {
  const { headers } = errorDelivery(problem('transformation.invalid', 'w-é\r\nset-cookie: a=b'), timing);

  expect(headers['ik-error']).toBe('EINVAL - w-???set-cookie: a=b');
});

test.each([
  [{ path: '/a/b.zip', query: '' }, '/a/b.zip'],
  [{ path: '/a/b.zip', query: 'v=2&ik-attachment=true' }, '/a/b.zip?v=2&ik-attachment=true'],
  [{ path: '//evil.example/b.zip', query: '' }, '/.//evil.example/b.zip'],
  [{ path: '///evil.example/b.zip', query: '' }, '/.///evil.example/b.zip'],
])('asking again stays on this host: %j', (asked, location) => {
  const { status, headers } = sameUrlDelivery(asked, timing);

  expect(status).toBe(307);
  expect(headers).toMatchObject({ location, 'cache-control': 'no-store' });
  // A signature holds for the very path that was asked.
  const next = new URL(headers.location ?? '', 'https://media.example.com');
  expect([next.host, next.pathname]).toEqual(['media.example.com', asked.path]);
});

test('an answer to HEAD keeps its headers and lets its stream go', async () => {
  const cancel = vi.fn();
  const body = new ReadableStream<Uint8Array>({ cancel });

  const answer = await withoutBody({ status: 200, headers: { etag: '"a"' }, body, stored: Promise.resolve() });

  expect(answer).toMatchObject({ status: 200, headers: { etag: '"a"' }, body: undefined });
  expect(cancel).toHaveBeenCalledOnce();
});
