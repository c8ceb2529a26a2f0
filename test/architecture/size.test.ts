import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourcesIn, textOf } from './sources.ts';

const MAXIMUM_LINES = 300;

const sources = [
  'bin',
  'cli',
  'dashboard',
  'lib',
  'lambda',
  'local',
  'packages',
  'benchmarks',
  'proofs',
  'test',
].flatMap(sourcesIn);

describe('source files', () => {
  it(`have at most ${MAXIMUM_LINES} lines`, () => {
    const tooLong = sources
      .map((file) => ({ file, lines: textOf(file).split('\n').length }))
      .filter(({ lines }) => lines > MAXIMUM_LINES);

    expect(tooLong).toEqual([]);
  });

  it('are named for what they are, in kebab case', () => {
    const bad = sources.filter(
      (file) =>
        !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|golden|bench|config|d|lean|lean\.test))?\.(tsx?|mjs|cjs)$/.test(
          basename(file),
        ) || /(^|\/)(utils?|helpers?|common|misc|manager)(\/|\.)/.test(file),
    );

    expect(bad).toEqual([]);
  });
});
