import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askAhead, askOnce } from '../src/api/asked-ahead.ts';

const HOST = 'https://api.example.com';

const asked: string[] = [];

beforeEach(() => {
  vi.stubGlobal('location', { origin: HOST });
  vi.stubGlobal('fetch', async (what: string | Request) => {
    asked.push(typeof what === 'string' ? what : what.url);
    return new Response(`answer ${asked.length}`);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  asked.length = 0;
});

const textOf = async (url: string, method = 'GET') => (await askOnce(new Request(`${HOST}${url}`, { method }))).text();

it('the first who asks gets the answer of the call that was made ahead, others their own', async () => {
  askAhead('/v1/files?path=%2Fmany+photos');
  expect(asked).toHaveLength(1);

  expect(await textOf('/v1/files?path=%2Fmany%20photos')).toBe('answer 1');
  expect(await textOf('/v1/files?path=%2Fmany%20photos')).toBe('answer 2');
});

it('another question has an answer of its own', async () => {
  askAhead('/v1/files?path=%2Fmany');

  expect(await textOf('/v1/files?path=%2F')).toBe('answer 2');
  expect(await textOf('/v1/files?path=%2Fmany')).toBe('answer 1');
});

it('an answer of before a change is given to nobody', async () => {
  askAhead('/v1/files?path=%2Fmany');
  await textOf('/v1/folder', 'POST');

  expect(await textOf('/v1/files?path=%2Fmany')).toBe('answer 3');
});

it('an answer that nobody took for a while is too old', async () => {
  askAhead('/v1/files?path=%2Fmany');
  vi.spyOn(performance, 'now').mockReturnValue(20_000);

  expect(await textOf('/v1/files?path=%2Fmany')).toBe('answer 2');
});

it('a call ahead that failed fails whoever takes it, and is made anew for the next', async () => {
  vi.stubGlobal(
    'fetch',
    vi.fn().mockRejectedValueOnce(new TypeError('offline')).mockResolvedValue(new Response('late')),
  );
  askAhead('/v1/people/me');

  await expect(textOf('/v1/people/me')).rejects.toThrow('offline');
  expect(await textOf('/v1/people/me')).toBe('late');
});
