import { type Program, variableOf } from './program.ts';

/** Something that stops the start and that the person at the terminal can change. The message is one clear sentence. */
export class StartFault extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StartFault';
  }
}

const FULL = /database or disk is full|no space left|SQLITE_FULL/i;
const READ_ONLY = /readonly database|read-only|permission denied|unable to open (the )?database/i;
const DAMAGED = /file is not a database|not a valid SQLite database|database disk image is malformed|is damaged/i;

/** Codes of the file system with which it says that something may not be written. */
const NOT_ALLOWED = ['EACCES', 'EPERM', 'EROFS'];

/**
 * Turns faults of the machine into sentences; anything else stays what it is.
 * @param path the file or folder that was used
 */
export function explain(error: unknown, path: string, program: Program): unknown {
  if (error instanceof StartFault) return error;
  const variable = variableOf(program, 'STATE');
  const { code, message = '', syscall, path: at = path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || FULL.test(message)) {
    return fault(error, `The disk is full: ${at} cannot be written. Make room and start again.`);
  }
  if (code === 'ENAMETOOLONG') {
    return fault(error, `${at} is longer than this system lets a path be. Set ${variable} to a shorter one.`);
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return fault(error, `${at} cannot be made, because there is a file in its place. Set ${variable} to a folder.`);
  }
  if (syscall === 'mkdir' && code === 'ENOENT') {
    return fault(error, `${at} cannot be made here. Set ${variable} to a folder of your own.`);
  }
  if (DAMAGED.test(message)) {
    return fault(error, `${at} is damaged. Restore it from a copy, or move the whole state folder away to begin anew.`);
  }
  if (NOT_ALLOWED.includes(code ?? '') || READ_ONLY.test(message)) {
    return fault(error, `${at} cannot be written. Change its rights, or set ${variable} to a folder of your own.`);
  }
  return error;
}

function fault(cause: unknown, message: string): StartFault {
  return new StartFault(message, { cause });
}

/** Runs a step of the start that uses a file or folder; faults of the machine name it. */
export async function using<T>(program: Program, path: string, step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw explain(error, path, program);
  }
}
