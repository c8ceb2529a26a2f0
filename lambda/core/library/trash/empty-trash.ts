import { isAllowed, scopeOf } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { newJob } from '../jobs/new-job.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import { ROOT_FOLDER } from '../store/records.ts';
import type { Confirmable } from './confirmation.ts';
import { isConfirmed } from './confirmation.ts';
import { listTrash } from './list-trash.ts';

/**
 * Begins to end everything in the trash that the caller may end there.
 * @param given words with the number of items, so that nobody ends more than they have seen
 * @throws Problem confirmation.differs
 */
export async function emptyTrash(deps: ChangeDeps, caller: Caller, given: string | undefined): Promise<Confirmable> {
  return decideAndCommit(deps, caller, async (now): Promise<Decision<Confirmable> | NoChange<Confirmable>> => {
    const items = (await listTrash(deps, caller)).filter(({ folderIds }) =>
      isAllowed(caller, 'trash.empty', folderIds),
    );
    const count = `${items.length} ${items.length === 1 ? 'item' : 'items'}`;
    const confirm = `delete ${count}`;
    if (!isConfirmed(given, confirm)) return { unchanged: { confirm } };
    const scope = scopeOf(caller, 'trash.empty');
    const within = scope === 'everywhere' ? undefined : [...scope];
    const job = newJob(deps, caller, {
      name: 'EMPTY_TRASH',
      task: { type: 'empty-trash', until: now, ...(within && { within }) },
      folderIds: within ?? [ROOT_FOLDER],
      now,
    });
    return {
      steps: [{ create: 'job', record: job }],
      action: 'trash.emptied',
      object: { kind: 'job', id: job.jobId },
      after: { items: items.length },
      result: { confirm, job },
    };
  });
}

/**
 * Begins to delete everything: all files and folders, what is in the trash, and every byte of them.
 * @param deployment the host of its media, which the words name
 * @throws Problem confirmation.differs
 */
export async function deleteEverything(
  deps: ChangeDeps,
  caller: Caller,
  { given, deployment }: { readonly given: string | undefined; readonly deployment: string },
): Promise<Confirmable> {
  const confirm = `delete everything in ${deployment}`;
  if (!isConfirmed(given, confirm)) return { confirm };
  return decideAndCommit(deps, caller, async (now): Promise<Decision<Confirmable>> => {
    const job = newJob(deps, caller, {
      name: 'DELETE_EVERYTHING',
      task: { type: 'delete-everything' },
      folderIds: [ROOT_FOLDER],
      now,
    });
    return {
      steps: [{ create: 'job', record: job }],
      action: 'library.deleted',
      object: { kind: 'job', id: job.jobId },
      before: { deployment },
      result: { confirm, job },
    };
  });
}
