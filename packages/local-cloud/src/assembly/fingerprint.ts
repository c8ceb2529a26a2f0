import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * A hash over the content of everything that a synthesis reads: an assembly with this name need not be made again.
 * @param inputs files and folders below the root
 * @param settings what else decides the result
 */
export function fingerprint(root: string, inputs: readonly string[], settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, settings]));
  for (const file of inputs.flatMap((input) => filesOf(join(root, input))).sort()) {
    const content = readFileSync(file);
    hash.update(`\0${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

function filesOf(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
    throw error;
  }
}
