import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Target } from './target.ts';

/** One attack and what must come of it; the check throws. */
export interface AttackCase {
  readonly id: string;
  readonly title: string;
  readonly run: (target: Target) => Promise<void>;
}

export const attack = (id: string, title: string, run: AttackCase['run']): AttackCase => ({ id, title, run });

/** Raw request targets, each of which must get one of the statuses. */
export function raw(
  id: string,
  title: string,
  targets: (target: Target) => readonly string[],
  statuses: readonly number[],
): AttackCase {
  return attack(id, title, async (target) => {
    for (const path of targets(target)) {
      expect(statuses, `${path.slice(0, 80)}`).toContain((await target.ask(path)).status);
    }
    await target.isAlive();
  });
}

/** A case that a test of its own runs, nearer to what is attacked; that test has the id in its text. */
export function elsewhere(id: string, title: string, file: string): AttackCase {
  return attack(id, title, async () => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(text.includes(id), `${file} runs ${id}`).toBe(true);
  });
}
