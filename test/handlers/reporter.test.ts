import { afterEach, expect, test, vi } from 'vitest';
import { cdnRequestOf } from '../../lambda/handlers/log-line.ts';
import { reporter } from '../../lambda/handlers/reporter.ts';

afterEach(() => vi.restoreAllMocks());

test('a failure is one object, which the CDN’s id of the request ties to its log', () => {
  const lines: unknown[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void lines.push(line));

  const cause = new TypeError('deep');
  reporter(cdnRequestOf({ 'x-amz-cf-id': 'abc_-=' }))('it-failed', new Error('first\nsecond', { cause }));
  reporter()('it-failed', 'just text');

  expect(lines).toEqual([
    {
      ...{ event: 'it-failed', cdnRequestId: 'abc_-=' },
      error: { name: 'Error', message: 'first\nsecond', stack: expect.any(String), cause: 'TypeError: deep' },
    },
    { event: 'it-failed', error: { message: 'just text' } },
  ]);
});

test.each([undefined, '', 'a b', 'x'.repeat(101), '{"level":"ERROR"}'])('%j is no id of the CDN', (id) => {
  expect(cdnRequestOf({ 'x-amz-cf-id': id })).toEqual({});
});
