import { createReadStream, mkdirSync, openSync, type ReadStream, readdirSync, rmSync } from 'node:fs';
import { link, open, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Both ends count. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Hands over one piece of a blob being written. */
export type WritePiece = (piece: Buffer) => Promise<void>;

/**
 * The bytes of objects and parts, one immutable file each. A blob has its final name only when it is whole, and only
 * then may a row name it; so what the process leaves behind when killed is never more than unreferenced files.
 */
export class BlobFolder {
  readonly #blobs: string;
  readonly #unfinished: string;
  readonly #newId: () => string;

  constructor(folder: string, newId: () => string) {
    this.#blobs = join(folder, 'blobs');
    this.#unfinished = join(folder, 'tmp');
    this.#newId = newId;
    mkdirSync(this.#blobs, { recursive: true });
    mkdirSync(this.#unfinished, { recursive: true });
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
      } finally {
        await file.close();
      }
      await rename(unfinished, join(this.#blobs, blob));
      return { blob, result };
    } catch (error) {
      await unlink(unfinished).catch(() => {});
      throw error;
    }
  }

  /** Opens the file at once, so that a blob dropped in the same moment can still be read to its end. */
  read(blob: string, range?: ByteRange): ReadStream {
    const fd = openSync(join(this.#blobs, blob), 'r');
    return createReadStream('', { fd, ...(range && { start: range.first, end: range.last }) });
  }

  /** The same bytes under a second name, without copying them. */
  async duplicate(blob: string): Promise<string> {
    const id = this.#newId();
    await link(join(this.#blobs, blob), join(this.#blobs, id));
    return id;
  }

  /** Removes blobs that no row names any longer. What cannot be removed goes at the next start. */
  drop(blobs: readonly string[]): void {
    for (const blob of blobs) unlink(join(this.#blobs, blob)).catch(() => {});
  }

  /** Clears what a killed process left: half-received bytes and blobs that no row names. Call before serving. */
  clear(isReferenced: (blob: string) => boolean): void {
    for (const name of readdirSync(this.#unfinished)) rmSync(join(this.#unfinished, name), { force: true });
    for (const name of readdirSync(this.#blobs)) {
      if (!isReferenced(name)) rmSync(join(this.#blobs, name), { force: true });
    }
  }
}
