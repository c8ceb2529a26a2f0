import { renameSync, writeFileSync } from 'node:fs';
import { StartFault } from './start-fault.ts';

/**
 * Writes a JSON file that says where a program serves, for programs that start it. It is written in one step: whoever
 * sees it sees all of it. It may hold keys, so only its owner may read it. @throws StartFault
 */
export function writeReadyFile(path: string, content: Readonly<Record<string, unknown>>): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFault(`The ready file ${path} cannot be written (${code}).`, { cause: error });
  }
}
