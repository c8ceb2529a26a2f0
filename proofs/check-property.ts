import type { IAsyncPropertyWithHooks, IRawProperty, Parameters } from 'fast-check';
import fc from 'fast-check';

export interface PropertyRun {
  readonly runs: number;
  readonly seed: number;
  /** Say a failure as it is: where one case takes seconds, shrinking it takes minutes. */
  readonly asFound?: boolean;
}

/**
 * Tries a property so many times. No time ends it early: a slow machine tries as much as a fast one.
 * @throws with the seed, the path to the case and the case itself, made as small as it can be
 */
export async function checkProperty<Case>(
  says: string,
  property: IRawProperty<Case> | IAsyncPropertyWithHooks<Case>,
  { runs, seed, asFound = false }: PropertyRun,
): Promise<void> {
  const parameters: Parameters<Case> = { numRuns: runs, seed, endOnFailure: asFound };
  try {
    await fc.assert(property as IRawProperty<Case>, parameters);
  } catch (error) {
    throw new Error(`"${says}" does not hold. ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
