import {
  createReadStream,
  mkdirSync,
  openSync,
  type ReadStream,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { link, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../../../sync-folder.ts';

/** Both ends count. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Hands over one piece of a blob being written. */
export type WritePiece = (piece: Buffer) => Promise<void>;

/** How long a blob that no row names is kept aside: time enough to miss it, should the database be an old copy. */
const ASIDE_MILLISECONDS = 7 * 86_400_000;

/**
 * The bytes of objects and parts, one immutable file each. A blob has its final name only when it is whole and on disk,
 * and only then may a row name it; so what the process leaves behind when killed is never more than unreferenced files.
 */
export class BlobFolder {
  /** The folder with the blobs. */
  readonly path: string;
  readonly #unfinished: string;
  readonly #aside: string;
  readonly #newId: () => string;

  constructor(folder: string, newId: () => string) {
    this.path = join(folder, 'blobs');
    this.#unfinished = join(folder, 'tmp');
    this.#aside = join(folder, 'unreferenced');
    this.#newId = newId;
    for (const path of [this.path, this.#unfinished, this.#aside]) mkdirSync(path, { recursive: true });
  }

  /** Writes a blob of what `fill` hands over. When `fill` throws, nothing is left. */
  async write<T>(fill: (write: WritePiece) => Promise<T>): Promise<{ readonly blob: string; readonly result: T }> {
    const blob = this.#newId();
    const unfinished = join(this.#unfinished, blob);
    try {
      const file = await open(unfinished, 'w');
      let result: T;
      try {
        result = await fill((piece) => file.writeFile(piece));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, join(this.path, blob));
      await syncFolder(this.path);
      return { blob, result };
    } catch (error) {
      await unlink(unfinished).catch(() => {});
      throw error;
    }
  }

  /** Opens the file at once, so that a blob dropped in the same moment can still be read to its end. */
  read(blob: string, range?: ByteRange): ReadStream {
    const fd = openSync(join(this.path, blob), 'r');
    return createReadStream('', { fd, ...(range && { start: range.first, end: range.last }) });
  }

  /** The same bytes under a second name, without copying them. */
  async duplicate(blob: string): Promise<string> {
    const id = this.#newId();
    await link(join(this.path, blob), join(this.path, id));
    await syncFolder(this.path);
    return id;
  }

  /** Removes blobs that no row names any longer. What cannot be removed goes at the next start. */
  drop(blobs: readonly string[]): void {
    for (const blob of blobs) unlink(join(this.path, blob)).catch(() => {});
  }

  /**
   * Clears what a killed process left: half-received bytes at once, and blobs that no row names after a week beside the
   * others. Call before serving.
   */
  clear(isReferenced: (blob: string) => boolean, now: Date): void {
    for (const name of readdirSync(this.#unfinished)) rmSync(join(this.#unfinished, name), { force: true });
    for (const name of readdirSync(this.#aside)) {
      const path = join(this.#aside, name);
      if (isReferenced(name)) renameSync(path, join(this.path, name));
      // The time of its last change of name.
      else if (statSync(path).ctimeMs < now.getTime() - ASIDE_MILLISECONDS) rmSync(path);
    }
    for (const name of readdirSync(this.path)) {
      if (!isReferenced(name)) renameSync(join(this.path, name), join(this.#aside, name));
    }
  }
}
