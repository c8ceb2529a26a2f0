import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** A program that takes two PNG files and prints their SSIMULACRA2, as libjxl's `ssimulacra2` does. No package has one. */
const SCORER = process.env.SSIMULACRA2;

export const canScore = SCORER !== undefined;

/** SSIMULACRA2 of a picture: 100 is the reference itself, 70 is high quality. Not a number without a scorer. */
export async function score(reference: Uint8Array, picture: Uint8Array): Promise<number> {
  if (!SCORER) return Number.NaN;
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-score-'));
  try {
    const files = [reference, picture].map((bytes, index) => ({ bytes, file: join(folder, `${index}.png`) }));
    for (const { bytes, file } of files)
      writeFileSync(file, await sharp(bytes).png({ compressionLevel: 0 }).toBuffer());
    const [program = '', ...words] = SCORER.split(' ');
    return scoreIn(execFileSync(program, [...words, ...files.map(({ file }) => file)], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The last number that was printed; not a number where there is none. */
export const scoreIn = (printed: string): number => Number(printed.match(/-?\d+(\.\d+)?/g)?.at(-1) ?? Number.NaN);
