import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { nextRevision, replaceFile } from '../files/file-steps.ts';
import { fileById } from '../files/library-file.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import { requireVersion } from '../store/numbered-version.ts';
import type { VersionInput } from './restore-version.ts';

/**
 * Deletes a version that is not the current one, with its bytes.
 * @throws Problem file.missing, version.missing, version.current or permission.missing
 */
export async function deleteVersion(deps: ChangeDeps, caller: Caller, input: VersionInput): Promise<void> {
  return decideAndCommit(deps, caller, async (now) => {
    const { head, path } = await fileById(deps.store, caller, 'files.delete', input.fileId);
    const { version, isCurrent, number } = await requireVersion(deps.store, head, input.versionId);
    if (isCurrent)
      throw problem('version.current', 'The current version cannot be deleted; restore another one first.');
    const next = nextRevision({ ...head, versionCount: head.versionCount - 1 }, caller, now);
    const { historyId, versionId, objectKey } = version;
    return {
      steps: [...replaceFile(head, next), { remove: 'version', key: { historyId, versionId }, was: {} }],
      effects: [
        { effect: 'purge-path', path },
        { effect: 'remove-object', objectKey },
      ],
      action: 'version.deleted',
      object: { kind: 'file', id: input.fileId },
      before: { versionId, number },
      result: undefined,
    };
  });
}
