import { afterEach, expect, test, vi } from 'vitest';
import { reporter } from '../../lambda/handlers/reporter.ts';

afterEach(() => vi.restoreAllMocks());

test('a failure is one line of JSON with the request’s id', () => {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));

  reporter('request-1')('it-failed', new Error('first\nsecond', { cause: new TypeError('deep') }));
  reporter('request-2')('it-failed', 'just text');

  expect(lines).toHaveLength(2);
  expect(lines.every((line) => !line.includes('\n'))).toBe(true);
  expect(JSON.parse(lines[0] as string)).toMatchObject({
    level: 'ERROR',
    event: 'it-failed',
    requestId: 'request-1',
    error: { name: 'Error', message: 'first\nsecond', cause: 'TypeError: deep' },
  });
  expect(JSON.parse(lines[1] as string)).toMatchObject({ error: { message: 'just text' } });
});
