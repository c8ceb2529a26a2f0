import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './sync-folder.ts';

/** What is in a file: the state, and a hash by which a flipped bit is noticed before a key or a secret changes with it. */
interface Sealed {
  readonly sha256: string;
  readonly state: unknown;
}

/**
 * Reads a JSON file.
 * @returns undefined when there is none
 * @throws when it is not what was written: what is in it must not be lost by writing over it
 */
export async function readState(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return unseal(JSON.parse(text));
  } catch (cause) {
    throw new Error(`The state file ${file} is damaged.`, { cause });
  }
}

function unseal({ sha256, state }: Sealed): unknown {
  if (state === undefined || sha256 !== hashOf(state)) throw new Error('The hash is another one.');
  return state;
}

function hashOf(state: unknown): string {
  return createHash('sha256').update(JSON.stringify(state)).digest('hex');
}

/**
 * Replaces a JSON file as a whole: after a crash there is either the old or the new one. Only the owner may read it.
 */
export async function writeState(file: string, state: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    const sealed: Sealed = { sha256: hashOf(state), state };
    await handle.writeFile(`${JSON.stringify(sealed, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  await syncFolder(dirname(file));
}
