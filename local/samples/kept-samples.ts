import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawSamples, type Sample } from './draw-samples.ts';

const CACHE = join('node_modules', '.cache', 'vitrine', 'samples');

/**
 * The sample pictures, drawn at the first start of these sources and read at every other: they take longer to draw than all
 * else takes to start.
 * @param root the repository
 */
export async function keptSamples(root: string): Promise<readonly Sample[]> {
  const folder = join(root, CACHE, versionOfDrawings());
  if (!existsSync(folder)) keep(folder, await drawSamples());
  return readdirSync(folder)
    .sort()
    .map((kept) => ({ fileName: kept.slice(kept.indexOf('-') + 1), bytes: readFileSync(join(folder, kept)) }));
}

/** Other code or another encoder may draw other bytes. */
function versionOfDrawings(): string {
  const hash = createHash('sha256').update(JSON.stringify(sharp.versions));
  for (const file of readdirSync(import.meta.dirname).sort())
    hash.update(readFileSync(join(import.meta.dirname, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Their order is kept in their names. The folder appears when it is whole. Of two starts that draw at once, one is first. */
function keep(folder: string, samples: readonly Sample[]): void {
  const unfinished = `${folder}.${randomUUID()}`;
  mkdirSync(unfinished, { recursive: true });
  for (const [index, { fileName, bytes }] of samples.entries()) {
    writeFileSync(join(unfinished, `${index}-${fileName}`), bytes);
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}
