import { CommandFailed } from './command-failed.ts';
import type { Tell } from './to-people.ts';

/** Counts what became of the files of a verb, and tells it. */
export interface Tally {
  readonly count: (outcome: string) => void;
  readonly of: (outcome: string) => number;
  /** Does one thing; why it failed is told with its name, and the others go on. @throws what is no `CommandFailed` */
  readonly attempt: (name: string, work: () => Promise<string>) => Promise<void>;
  /** Such as `3 sent, 1 there before, 0 failed.`, with a line end. */
  readonly summary: () => string;
}

const CLEAR_LINE = '\r\u001b[K';

/**
 * @param outcomes that are always told, also when nothing had them
 * @param isWatched somebody sees a terminal: the counts are shown as they grow
 */
export function newTally(outcomes: readonly string[], tell: Tell, isWatched = process.stderr.isTTY === true): Tally {
  const counts = new Map([...outcomes, 'failed'].map((outcome) => [outcome, 0]));
  const of = (outcome: string) => counts.get(outcome) ?? 0;
  const text = () => [...counts].map(([outcome, number]) => `${number.toLocaleString('en')} ${outcome}`).join(', ');
  const count = (outcome: string) => {
    counts.set(outcome, of(outcome) + 1);
    if (isWatched) tell(`${CLEAR_LINE}${text()}`);
  };
  return {
    count,
    of,
    attempt: async (name, work) => {
      try {
        count(await work());
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        tell(`${isWatched ? CLEAR_LINE : ''}${name}: ${error.message}\n`);
        count('failed');
      }
    },
    summary: () => `${isWatched ? '\n' : ''}${text()}.\n`,
  };
}
