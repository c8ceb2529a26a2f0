import { expect, it } from 'vitest';
import { sourcesIn, textOf } from './sources.ts';

/** What exists only while vitest runs: a proof runs in Node alone, where each of these throws. */
const OF_VITEST =
  /\bexpect\.(?:poll|soft)\b|\bexpect\.getState\b|\.toMatch(?:Inline|File)?Snapshot\b|import \{[^}]*\b(?:vi|it|test|describe|beforeAll|afterAll|beforeEach|afterEach)\b[^}]*\} from 'vitest'/;

/** The attacks are one of the proofs. */
const PROOFS = [...sourcesIn('proofs'), ...sourcesIn('test/attacks').filter((file) => !file.endsWith('.test.ts'))];

const uncommented = (text: string): string => text.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');

it('a proof asks nothing of vitest that needs a runner', () => {
  expect(PROOFS.length).toBeGreaterThan(40);
  expect(PROOFS.filter((file) => OF_VITEST.test(uncommented(textOf(file))))).toEqual([]);
});

it.each([
  'await expect.poll(read).toBe(1);',
  "import { expect, vi } from 'vitest';",
  'expect(text).toMatchSnapshot();',
])('would see %s', (line) => {
  expect(OF_VITEST.test(line)).toBe(true);
});
