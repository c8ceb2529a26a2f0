import type { Caller } from '../../kernel/caller.ts';
import { nextRevision, removeEntry, replaceHead } from '../files/file-steps.ts';
import { requireMatch } from '../files/file-tag.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { fileById } from '../files/library-file.ts';
import type { AskBeforeDelete } from '../references/ask-before-delete.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import { dayOf } from './trash-days.ts';

export interface TrashFileInput {
  readonly fileId: string;
  readonly ifMatch?: string | undefined;
  /** @default it goes, whoever uses it */
  readonly ask?: AskBeforeDelete | undefined;
}

/**
 * Puts a file into the trash: it is delivered nowhere from then on, and its name is free. It can be restored for 30 days.
 * @throws FileReferenced, Problem file.missing, file.changed or permission.missing
 */
export async function trashFile(deps: ChangeDeps, caller: Caller, input: TrashFileInput): Promise<void> {
  return decideAndCommit(deps, caller, async (now): Promise<Decision<void>> => {
    const file = await fileById(deps.store, caller, 'files.delete', input.fileId);
    requireMatch(file.head, input.ifMatch);
    await input.ask?.({ files: [file] });
    return trashing(file, caller, now);
  });
}

function trashing({ head, folder, path }: LibraryFile, caller: Caller, now: string): Decision<void> {
  const next = { ...nextRevision(head, caller, now), state: 'trash' as const, trashedAt: now };
  return {
    steps: [
      removeEntry(head),
      replaceHead(head, next),
      {
        create: 'trashed',
        record: {
          day: dayOf(now),
          id: head.assetId,
          kind: 'file',
          path,
          folderIds: folder.chain,
          trashedAt: now,
          trashedBy: caller.id,
        },
      },
    ],
    effects: [{ effect: 'purge-path', path }],
    action: 'file.trashed',
    object: { kind: 'file', id: head.assetId },
    before: { path },
    result: undefined,
  };
}
