import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { faultsFromFile, settableFaults } from '../../src/faults/fault-switch.ts';

let folder: string;
const file = () => join(folder, 'faults.json');
const write = (faults: readonly object[], seed = 1) => writeFileSync(file(), JSON.stringify({ seed, faults }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'local-cloud-faults-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('the same seed lets the same calls fail, about as often as it is told to', () => {
  const drawn = () => {
    const faults = settableFaults({ seed: 7, faults: [{ at: 's3', fault: 'slow-down', percent: 10 }] });
    return Array.from({ length: 1000 }, () => faults.draw('s3', 'GET') !== undefined);
  };

  expect(drawn()).toEqual(drawn());
  expect(drawn().filter(Boolean).length).toBeGreaterThan(60);
  expect(drawn().filter(Boolean).length).toBeLessThan(140);
});

it('a fault is of its place and its call, and ends after its times', () => {
  const faults = settableFaults({ seed: 1, faults: [{ at: 's3', call: 'PUT', fault: 'error', times: 2 }] });
  const draw = (at: 's3' | 'dynamodb', call: string) => faults.draw(at, call)?.kind;

  expect([draw('s3', 'GET'), draw('dynamodb', 'PUT')]).toEqual([undefined, undefined]);
  expect([draw('s3', 'PUT'), draw('s3', 'PUT'), draw('s3', 'PUT')]).toEqual(['error', 'error', undefined]);
  expect(faults.counts).toEqual({ 's3 error': 2 });
});

it('a file is read again when it has changed, and kept in force when it cannot be read', () => {
  const lines: string[] = [];
  write([]);
  const faults = faultsFromFile(file(), (line) => lines.push(line));
  expect(faults.draw('kms', 'Decrypt')).toBeUndefined();

  write([{ at: 'kms', fault: 'deny' }]);
  expect(faults.draw('kms', 'Decrypt')?.kind).toBe('deny');

  writeFileSync(file(), '{');
  expect(faults.draw('kms', 'Decrypt')?.kind).toBe('deny');
  expect(lines).toEqual([
    'Fault: kms deny of Decrypt',
    `${file()}: The file of faults is not a JSON object.`,
    'Fault: kms deny of Decrypt',
  ]);
});

it('a region is cut off as long as the plan says so', () => {
  const faults = settableFaults({ seed: 1, faults: [], cut: ['us-west-2'] });
  expect([faults.isCut('us-west-2'), faults.isCut('eu-west-1')]).toEqual([true, false]);

  faults.set({ seed: 1, faults: [] });
  expect(faults.isCut('us-west-2')).toBe(false);
});

it('a file cuts regions off, and gives them back', () => {
  writeFileSync(file(), JSON.stringify({ faults: [], cut: ['us-west-2'] }));
  const faults = faultsFromFile(file(), () => undefined);
  expect(faults.isCut('us-west-2')).toBe(true);

  write([]);
  expect(faults.isCut('us-west-2')).toBe(false);
  writeFileSync(file(), JSON.stringify({ faults: [], cut: 'us-west-2' }));
  expect(() => faultsFromFile(file(), () => undefined)).toThrow('"cut" is a list of regions.');
});

it.each([
  [[{ at: 's4', fault: 'error' }], 'Fault 1: "at" is "s4"; it is dynamodb, s3, events,'],
  [
    [{ at: 's3', fault: 'conflict' }],
    'Fault 1: "fault" at s3 is "conflict"; it is slow-down, error, lose-answer, delay.',
  ],
  [
    [
      { at: 'kms', fault: 'deny' },
      { at: 's3', fault: 'error', percent: 101 },
    ],
    'Fault 2: "percent" is 101; it is a number from 0 to 100.',
  ],
  [[{ at: 's3', fault: 'error', often: 1 }], 'Fault 1 has "often"; its members are at, fault, call,'],
  [[{ at: 's3', fault: 'error', call: 1 }], 'Fault 1: "call" is a text.'],
])('%j is refused with what it may be', (faults, sentence) => {
  write(faults);

  expect(() => faultsFromFile(file(), () => {})).toThrow(sentence);
});

it('a file that is not there stops the start', () => {
  expect(() => faultsFromFile(file(), () => {})).toThrow(`The file of faults ${file()} cannot be read.`);
});
