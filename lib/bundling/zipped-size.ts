import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

/**
 * Bytes that the layer may have when zipped. What Lambda loads before a cold start is the layer and the function; with
 * the function's 0.1 MB it stays below 9.5 MB.
 */
export const LAYER_ZIPPED_BYTES = 9_400_000;

/** Bytes of a folder's files, each deflated as a zip archive has them; the archive's own lists are not counted. */
export function zippedSize(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + deflateRawSync(readFileSync(join(entry.parentPath, entry.name))).length, 0);
}

/** @throws when a folder is larger zipped than the layer may be */
export function refuseLargeLayer(folder: string): void {
  const bytes = zippedSize(folder);
  if (bytes <= LAYER_ZIPPED_BYTES) return;
  throw new Error(`The sharp layer has ${bytes} bytes zipped; at most ${LAYER_ZIPPED_BYTES} keep cold starts short.`);
}
