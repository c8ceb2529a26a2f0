import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a picture of one size may cost. */
export interface RenderBudget {
  readonly sizeClass: string;
  /** Pixels. */
  readonly width: number;
  readonly format: 'avif' | 'webp';
  /** Of all threads; time that passes means nothing on a busy machine. */
  readonly cpuMilliseconds: number;
  readonly bytes: number;
}

/** What a release may not go beyond. */
export interface Budgets {
  /** What is rendered, in words. */
  readonly source: string;
  readonly renders: readonly RenderBudget[];
  /** US dollars of a month without traffic, in one region, free tiers left out, by profile. */
  readonly idleDollars: Readonly<Record<'small' | 'guarded', number>>;
}

export const readBudgets = (): Budgets =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../docs/budgets.json'), 'utf8'));

/** What of a render is beyond its budget, a sentence each. */
export function beyond(budget: RenderBudget, measured: Pick<RenderBudget, 'cpuMilliseconds' | 'bytes'>): string[] {
  const { sizeClass, cpuMilliseconds, bytes } = budget;
  return [
    ...(measured.cpuMilliseconds > cpuMilliseconds
      ? [`${sizeClass}: ${Math.round(measured.cpuMilliseconds)} ms of processor time; allowed: ${cpuMilliseconds}`]
      : []),
    ...(measured.bytes > bytes ? [`${sizeClass}: ${measured.bytes} bytes; allowed: ${bytes}`] : []),
  ];
}
