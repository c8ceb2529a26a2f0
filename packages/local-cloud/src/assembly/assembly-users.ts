import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the assembly's own files, one for each process that runs it. */
const USER = /^in-use\.(\d+)$/;

const markOf = (folder: string): string => join(folder, `in-use.${process.pid}`);

/**
 * Notes that this process runs an assembly: its functions start from the folder for as long as it lives.
 * @returns false when the folder is gone
 */
export function useAssembly(folder: string): boolean {
  try {
    writeFileSync(markOf(folder), '');
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** A process runs one assembly at a time. */
export const leaveAssembly = (folder: string): void => rmSync(markOf(folder), { force: true });

/** Whether another process runs an assembly. An id that was given to another program keeps the folder longer, and does no harm. */
export function isInUse(folder: string): boolean {
  return namesIn(folder).some((name) => {
    const pid = Number(USER.exec(name)?.[1]);
    return pid > 0 && pid !== process.pid && isAlive(pid);
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Another start has removed it.
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
