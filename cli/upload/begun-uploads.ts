import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { LocalFile } from './local-files.ts';

/** Uploads in parts that this machine has begun, so that a later call goes on with them. */
export interface BegunUploads {
  /** @returns the id of the upload, which is the id of its version once it is completed */
  readonly find: (file: LocalFile) => Promise<string | undefined>;
  readonly note: (file: LocalFile, uploadId: string) => Promise<void>;
}

/** Where they are noted (XDG Base Directory Specification, "state"). */
const stateFolder = (): string =>
  join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'vitrine', 'uploads');

/**
 * A file that was changed meanwhile is another one. An id opens nothing without a key; the notes are this user's alone all the same.
 * @param api base URL: another deployment has other uploads
 */
export function begunUploads(api: string, folder = stateFolder()): BegunUploads {
  const noteOf = (file: LocalFile) => {
    const named = [api, file.file, file.bytes, file.changedAt, file.folder, file.name];
    return join(folder, createHash('sha256').update(JSON.stringify(named)).digest('hex'));
  };
  return {
    find: (file) => readFile(noteOf(file), 'utf8').catch(() => undefined),
    note: async (file, uploadId) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Who reads a note, or is killed while it is written, has a whole one or none.
      const written = `${noteOf(file)}.${randomUUID()}`;
      await writeFile(written, uploadId, { mode: 0o600 });
      await rename(written, noteOf(file));
    },
  };
}
