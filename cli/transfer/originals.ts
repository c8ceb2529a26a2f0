import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes on this machine under their SHA-256. */
export interface Originals {
  readonly fileOf: (checksum: string) => string;
  readonly has: (checksum: string) => Promise<boolean>;
  /** Stores bytes piece by piece; nothing is seen of them before they are whole. @returns their checksum */
  readonly put: (bytes: AsyncIterable<Uint8Array>) => Promise<string>;
}

/** @param folder of the originals; it is made */
export function originalsIn(folder: string): Originals {
  const fileOf = (checksum: string) => join(folder, checksum.slice(0, 2), checksum);
  return {
    fileOf,
    has: async (checksum) => (await stat(fileOf(checksum)).catch(() => undefined))?.isFile() === true,
    put: async (bytes) => {
      await mkdir(folder, { recursive: true });
      const unfinished = join(folder, `.${randomUUID()}`);
      const hash = createHash('sha256');
      const counted = new Transform({
        transform: (piece, _, done) => {
          hash.update(piece);
          done(null, piece);
        },
      });
      try {
        await pipeline(bytes, counted, createWriteStream(unfinished));
        const checksum = hash.digest('hex');
        await mkdir(dirname(fileOf(checksum)), { recursive: true });
        await rename(unfinished, fileOf(checksum));
        return checksum;
      } finally {
        await rm(unfinished, { force: true });
      }
    },
  };
}
