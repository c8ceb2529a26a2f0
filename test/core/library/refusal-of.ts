import type { Problem } from '../../../lambda/core/kernel/problems.ts';

/** The problem that work ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<Problem> {
  const error: unknown = await work.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  return error as Problem;
}
