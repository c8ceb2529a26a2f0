import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Program, variableOf } from './program.ts';
import { StartFault } from './start-fault.ts';

/** The folder that holds what the local cloud keeps, locked against a second program. */
export interface State {
  readonly folder: string;
  /** Whether something that is done once in the life of a folder is still to be done. */
  isToDo(mark: string): boolean;
  /** Notes that it was done. */
  done(mark: string): void;
  /** Gives the lock back and removes what was not to be kept. May be called twice. */
  release(): void;
}

/**
 * Opens a state folder, making it when it is not there. Only its owner may look into it: there is a private key in it.
 * @param folder undefined for a temporary one that `release` removes
 * @throws StartFault when another program uses it; an error of the file system when it cannot be written
 */
export function openState(folder: string | undefined, program: Program): State {
  const path = folder ?? mkdtempSync(join(tmpdir(), `${program.name}-`));
  makeFolder(path);
  const lock = join(path, 'lock');
  takeLock(lock, path, program);
  return {
    folder: path,
    isToDo: (mark) => !existsSync(join(path, `${mark}.done`)),
    done: (mark) => writeFileSync(join(path, `${mark}.done`), ''),
    release: () => rmSync(folder === undefined ? path : lock, { recursive: true, force: true }),
  };
}

/**
 * Makes a folder and those above it, for their owner. Not by `recursive`, with which Node 24 never returns from a file
 * system that takes no new folders, such as /proc.
 */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** A lock names its process. One whose process is gone was left by a kill and is taken over. */
function takeLock(lock: string, folder: string, program: Program): void {
  if (lstatSync(lock, { throwIfNoEntry: false })?.isDirectory()) {
    throw new StartFault(
      `${lock} is a folder, in the place of the file that locks ${folder}. Move it away and start again.`,
    );
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    if (makeLock(lock)) return;
    const owner = ownerOf(lock);
    if (isRunning(owner, program)) {
      throw new StartFault(
        `The state folder ${folder} is in use by process ${owner}. Stop it, or set ${variableOf(program, 'STATE')} to another folder.`,
      );
    }
    removeStale(lock, owner);
  }
  throw new StartFault(`The state folder ${folder} is being opened by another program at this moment. Try again.`);
}

/** Makes a lock that has its content from the first moment. @returns false when there is one */
function makeLock(lock: string): boolean {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Of two programs that find the same stale lock only one may remove it. Moving it is one step; whoever moved another
 * lock than the stale one, because the other program was faster, puts it back.
 */
function removeStale(lock: string, owner: number): void {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (Object.is(ownerOf(aside), owner)) rmSync(aside, { force: true });
  else renameSync(aside, lock);
}

/** NaN for a lock that is gone or names nobody. */
function ownerOf(lock: string): number {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10);
  } catch {
    return Number.NaN;
  }
}

function isRunning(pid: number, program: Program): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return runs(pid, program);
}

/** Process ids are used again: a process that is another program does not hold the lock. */
function runs(pid: number, { script }: Program): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(script);
  } catch {
    // No /proc on this system: the lock is believed.
    return true;
  }
}
