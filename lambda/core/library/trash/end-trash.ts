import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { purgeTrashed } from './purge-trashed.ts';
import { endedDays } from './trash-days.ts';

/**
 * Ends what has been in the trash for its days. What a run does not come to, the next one does; days that all runs missed
 * are looked at every hour. It is not left to the
 * table's time to live, which would remove records, days late, and no bytes.
 * @returns of how many
 */
export async function endTrash(deps: ChangeDeps, caller: Caller): Promise<number> {
  let ended = 0;
  const isWholeHour = new Date(deps.clock()).getUTCMinutes() === 0;
  for (const day of endedDays(deps.clock, isWholeHour ? LIMITS.trashDays : 1)) {
    for (const { id } of await deps.store.trashedOn(day)) {
      await purgeTrashed(deps, caller, id).catch((error: unknown) => deps.report('trash-end-failed', error));
      ended++;
    }
  }
  return ended;
}
