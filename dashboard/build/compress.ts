import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSES = /\.(html|js|css|svg)$/;

/** Writes a file with Brotli's best beside each that compresses, once, so that no server has to do it while somebody waits. */
export function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    writeBundle: ({ dir = '' }) => {
      const names = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => COMPRESSES.test(name));
      for (const name of names) {
        const bytes = readFileSync(join(dir, name));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes, { params }));
      }
    },
  };
}
