import { Problem } from '../../kernel/problems.ts';

/** What came of doing the same with several things, by their ids. */
export interface ChangedEach {
  readonly changed: readonly string[];
  readonly failed: readonly { readonly id: string; readonly problem: Problem }[];
}

/** Does something with each of several things, a transaction each: one that is refused holds up no other. */
export async function changeEach(
  ids: readonly string[],
  change: (id: string) => Promise<unknown>,
): Promise<ChangedEach> {
  const changed: string[] = [];
  const failed: { id: string; problem: Problem }[] = [];
  for (const id of ids) {
    try {
      await change(id);
      changed.push(id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed.push({ id, problem: error });
    }
  }
  return { changed, failed };
}
