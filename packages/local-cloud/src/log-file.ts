import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log of more than this is put aside at start, replacing the one put aside before. */
const MAXIMUM_BYTES = 20_000_000;

export interface LogFile {
  readonly path: string;
  readonly line: (text: string) => void;
  close(): Promise<void>;
}

/** What functions and services say, one line each with its time. A log that cannot be written never stops the product. */
export function openLogFile(path: string): LogFile {
  mkdirSync(dirname(path), { recursive: true });
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAXIMUM_BYTES) renameSync(path, `${path}.old`);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  stream.on('error', () => {});
  return {
    path,
    line: (text) => void stream.write(`${new Date().toISOString()} ${text}\n`),
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}
