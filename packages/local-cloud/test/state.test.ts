import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartFault } from '../src/start-fault.ts';
import { openState } from '../src/state.ts';
import { PROGRAM } from './sample-program.ts';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'local-cloud-state-'));
  folder = join(parent, 'state');
});

afterEach(() => rmSync(parent, { recursive: true }));

/** A process that looks like a start of the product, until it is killed. */
async function otherStart(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1e6)', 'start.mjs']);
  await once(child.stdout, 'data');
  return child;
}

describe('a state folder', () => {
  it('is made for its owner alone', () => {
    openState(folder, PROGRAM).release();

    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('remembers what was done, beyond the program', () => {
    const first = openState(folder, PROGRAM);
    expect(first.isToDo('samples')).toBe(true);
    first.done('samples');
    first.release();

    const second = openState(folder, PROGRAM);
    expect(second.isToDo('samples')).toBe(false);
    expect(second.isToDo('other')).toBe(true);
    second.release();
  });

  it('that is temporary is removed with everything in it', () => {
    const state = openState(undefined, PROGRAM);
    writeFileSync(join(state.folder, 'file'), 'x');
    state.release();
    state.release();

    expect(existsSync(state.folder)).toBe(false);
  });

  it('cannot be made where a file is', () => {
    writeFileSync(folder, '');

    for (const path of [folder, join(folder, 'below')]) {
      expect(() => openState(path, PROGRAM)).toThrow(`EEXIST: file already exists, mkdir '${folder}'`);
    }
    // A file system that takes no folders.
    expect(() => openState('/proc/sample/state', PROGRAM)).toThrow(/ENOENT/);
  });
});

describe('the lock', () => {
  it('that is a folder is named', () => {
    mkdirSync(join(folder, 'lock'), { recursive: true });

    expect(() => openState(folder, PROGRAM)).toThrow(
      new StartFault(
        `${join(folder, 'lock')} is a folder, in the place of the file that locks ${folder}. Move it away and start again.`,
      ),
    );
  });

  it('keeps a second program out and names the first', async () => {
    const other = await otherStart();
    openState(folder, PROGRAM).release();
    writeFileSync(join(folder, 'lock'), String(other.pid));

    expect(() => openState(folder, PROGRAM)).toThrow(
      new StartFault(
        `The state folder ${folder} is in use by process ${other.pid}. Stop it, or set SAMPLE_STATE to another folder.`,
      ),
    );

    other.kill('SIGKILL');
    await once(other, 'exit');
    openState(folder, PROGRAM).release();
  });

  it.each([
    ['a process that is gone', '99999999'],
    ['another program that has the number now', '1'],
    ['nobody', ''],
  ])('of %s is taken over', (_, owner) => {
    openState(folder, PROGRAM).release();
    writeFileSync(join(folder, 'lock'), owner);

    const state = openState(folder, PROGRAM);

    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe(String(process.pid));
    state.release();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });
});
