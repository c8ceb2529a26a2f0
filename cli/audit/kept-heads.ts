import { existsSync, readFileSync } from 'node:fs';
import type { KeptHead } from './verify-chains.ts';

/** The ends of chains that were written down before; none when the file is not there yet. */
export function keptHeads(file: string): readonly KeptHead[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [chain = '', sequence, hash = ''] = line.split(' ');
    return { chain, sequence: Number(sequence), hash };
  });
}
