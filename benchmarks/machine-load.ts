import { loadavg } from 'node:os';

/** Processes that wait for a processor, on average, above which ratios of processor time are not told: caches and clocks are shared. */
export const MOST_LOAD = 1.5;

/** Of the last minute. */
export const loadNow = (): number => loadavg()[0] ?? Number.NaN;

/** A table without its ratios, which are written `1.12x`, and their intervals, `1.05 to 1.20`. */
export const withoutRatios = (table: string): string =>
  table.replace(/(?<=\| )(?:\d+\.\d+x|\d+\.\d+ to \d+\.\d+)(?= \|)/g, 'not told');

/** What a Markdown table says: its columns, and a row for each of its own. */
export function rowsOf(table: string): Record<string, string>[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  const cellsOf = (line: string) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
  const [head = '', , ...rows] = lines;
  const columns = cellsOf(head);
  return rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, index) => [columns[index] ?? '', cell])));
}
