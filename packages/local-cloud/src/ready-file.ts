import { renameSync, writeFileSync } from 'node:fs';
import { StartFault } from './start-fault.ts';

/** Where a running product is, for programs that start it. */
export interface ReadyFile {
  /** Base URLs without a slash at the end. */
  readonly media: string;
  readonly api: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly urlEndpoint: string;
  readonly pid: number;
}

/** Writes the file in one step: whoever sees it sees all of it. It holds a key, so only its owner may read it. @throws StartFault */
export function writeReadyFile(path: string, content: ReadyFile): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartFault(`The ready file ${path} cannot be written (${code}).`, { cause: error });
  }
}
