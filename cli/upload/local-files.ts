import type { Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { sanitiseFolder, sanitiseName } from '../../lambda/core/library/asset-path.ts';
import { CommandFailed } from '../command-failed.ts';

/** A file of this machine, and where it goes. */
export interface LocalFile {
  /** Whole path on this machine. */
  readonly file: string;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  /** Path of the library's folder; `/` is the root. */
  readonly folder: string;
  /** As the library writes it. */
  readonly name: string;
}

/**
 * The files that paths name, and those in folders and below. A folder keeps its name below `to`. Files and folders whose name
 * begins with a dot are left out unless they are named, and so is what is neither file nor folder.
 * @throws CommandFailed for a path that is not there
 */
export async function* localFiles(paths: readonly string[], to: string): AsyncGenerator<LocalFile> {
  for (const path of paths) {
    const whole = resolve(path);
    const found = await stat(whole).catch(() => undefined);
    if (!found) throw new CommandFailed(`${path} is not there.`);
    if (found.isFile()) yield localFile(whole, found, to);
    else yield* filesBelow(whole, `${to}/${basename(whole)}`);
  }
}

async function* filesBelow(folder: string, to: string): AsyncGenerator<LocalFile> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (name.startsWith('.')) continue;
    const whole = join(folder, name);
    const found = await stat(whole).catch(() => undefined);
    if (found?.isFile()) yield localFile(whole, found, to);
    else if (found?.isDirectory()) yield* filesBelow(whole, `${to}/${name}`);
  }
}

const localFile = (file: string, { size, mtimeMs }: Stats, to: string): LocalFile => ({
  ...{ file, bytes: size, changedAt: mtimeMs },
  folder: sanitiseFolder(to),
  name: sanitiseName(basename(file)),
});
