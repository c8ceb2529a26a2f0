import { join } from 'node:path';
import { table } from '../measure.ts';
import type { Photo } from '../photos.ts';
import { type PairedRatio, pairedRatio } from './paired-ratio.ts';
import { type PairedRow, pairedRows } from './paired-rows.ts';
import { checkOut } from './revision-tree.ts';
import { type Side, startSide } from './side.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A row is slower when the lower bound of its interval lies above this. */
const SLOWER = 1.03;

interface ComparedRow extends PairedRatio {
  readonly name: string;
  /** Medians would hide what happens rarely: means, in milliseconds. */
  readonly before: number;
  readonly after: number;
  readonly isSlower: boolean;
}

/**
 * Measures this tree beside a commit, round by round, each side first in every other round.
 * @returns whether no row is slower
 */
export async function compareWith(
  revision: string,
  rounds: number,
  folder: string,
  photos: readonly Photo[],
): Promise<boolean> {
  using tree = checkOut(revision);
  await using before = await startSide(tree.root, join(folder, 'before/state'), photos);
  await using after = await startSide(ROOT, join(folder, 'after/state'), photos);
  const rows: ComparedRow[] = [];
  for (const row of pairedRows(photos)) {
    rows.push(compared(row, await measureRounds(row, rounds, before, after)));
    console.error(`${row.name}: measured`);
  }
  console.log(`${written(rows, tree.commit, rounds)}\n`);
  const slower = rows.filter(({ isSlower }) => isSlower);
  console.log(slower.length ? `Slower: ${slower.map(({ name }) => name).join('; ')}` : 'No row is slower.');
  return slower.length === 0;
}

/** One round more than is asked for: the first warms up and does not count. */
async function measureRounds(row: PairedRow, rounds: number, before: Side, after: Side) {
  const pairs: [before: number, after: number][] = [];
  for (let round = 0; round <= rounds; round++) {
    const order = round % 2 ? [before, after] : [after, before];
    const costs = new Map<Side, number>();
    for (const side of order) costs.set(side, await row.measure(side));
    if (round > 0) pairs.push([costs.get(before) ?? Number.NaN, costs.get(after) ?? Number.NaN]);
  }
  return pairs;
}

function compared({ name, allowed = 0 }: PairedRow, pairs: readonly [number, number][]): ComparedRow {
  const mean = (side: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [before, after] = [mean(0), mean(1)];
  const ratio = pairedRatio(pairs);
  return { name, before, after, ...ratio, isSlower: ratio.low > Math.max(SLOWER, 1 + allowed / before) };
}

const written = (rows: readonly ComparedRow[], commit: string, rounds: number): string =>
  table(
    [`CPU ms, ${rounds} paired rounds`, commit, 'here', 'ratio', '95 % interval', ''],
    rows.map(({ name, before, after, ratio, low, high, isSlower }) => [
      name,
      before.toFixed(3),
      after.toFixed(3),
      `${ratio.toFixed(3)}x`,
      `${low.toFixed(3)} to ${high.toFixed(3)}`,
      isSlower ? 'slower' : '',
    ]),
  );
