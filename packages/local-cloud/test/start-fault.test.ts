import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { explain, StartFault, using } from '../src/start-fault.ts';
import { PROGRAM } from './sample-program.ts';

const told = async (step: () => unknown): Promise<unknown> => {
  const error = await using(PROGRAM, '/state/file', step).catch((caught: unknown) => caught);
  return error instanceof StartFault ? error.message : error;
};

const systemError = (code: string, more: object = {}) =>
  Object.assign(new Error(`${code}: it failed`), { code, ...more });

describe('faults of the machine become sentences', () => {
  it.each([
    [systemError('ENOSPC'), 'The disk is full: /state/file cannot be written. Make room and start again.'],
    [
      new Error('database or disk is full'),
      'The disk is full: /state/file cannot be written. Make room and start again.',
    ],
    [
      systemError('EACCES', { path: '/other' }),
      '/other cannot be written. Change its rights, or set SAMPLE_STATE to a folder of your own.',
    ],
    [
      new Error('attempt to write a readonly database'),
      '/state/file cannot be written. Change its rights, or set SAMPLE_STATE to a folder of your own.',
    ],
    [
      systemError('ENAMETOOLONG', { path: '/very/long' }),
      '/very/long is longer than this system lets a path be. Set SAMPLE_STATE to a shorter one.',
    ],
    [
      systemError('EEXIST'),
      '/state/file cannot be made, because there is a file in its place. Set SAMPLE_STATE to a folder.',
    ],
    [
      new Error('The DynamoDB server did not start: file is not a database'),
      '/state/file is damaged. Restore it from a copy, or move the whole state folder away to begin anew.',
    ],
  ])('%s', async (error, sentence) => {
    expect(
      await told(() => {
        throw error;
      }),
    ).toBe(sentence);
  });

  it('as they come from the system', async () => {
    expect(await told(() => mkdirSync('/proc/sample'))).toBe(
      '/proc/sample cannot be made here. Set SAMPLE_STATE to a folder of your own.',
    );
    expect(await told(() => new DatabaseSync('/proc/sample.db'))).toMatch(/^\/state\/file cannot be written\./);
  });
});

describe('anything else', () => {
  it('stays what it is', () => {
    const error = new TypeError('x is undefined');

    expect(explain(error, '/state', PROGRAM)).toBe(error);
  });

  it('that is a sentence already is not told twice', () => {
    const fault = new StartFault('Port 4000 is taken.');

    expect(explain(fault, '/state', PROGRAM)).toBe(fault);
  });

  it('passes when nothing is wrong', async () => {
    expect(await using(PROGRAM, '/state', () => 'fine')).toBe('fine');
  });
});
