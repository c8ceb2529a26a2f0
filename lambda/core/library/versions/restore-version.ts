import type { Caller } from '../../kernel/caller.ts';
import { toStoredContent } from '../asset.ts';
import { nextRevision, replaceFile } from '../files/file-steps.ts';
import type { LibraryFile } from '../files/library-file.ts';
import { fileById } from '../files/library-file.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { NumberedVersion } from '../store/numbered-version.ts';
import { requireVersion } from '../store/numbered-version.ts';
import type { FileHead, FileVersion } from '../store/records.ts';

export interface VersionInput {
  readonly fileId: string;
  readonly versionId: string;
}

/**
 * Makes a version the current one; it keeps its id and its number (ImageKit, "Restore file version").
 * @throws Problem file.missing, version.missing or permission.missing
 */
export async function restoreVersion(deps: ChangeDeps, caller: Caller, input: VersionInput): Promise<LibraryFile> {
  return decideAndCommit(deps, caller, async (now) => {
    const file = await fileById(deps.store, caller, 'files.restore', input.fileId);
    const chosen = await requireVersion(deps.store, file.head, input.versionId);
    if (chosen.isCurrent) return { unchanged: file };
    const next = nextRevision(withContentOf(file.head, chosen), caller, now);
    return {
      steps: [...replaceFile(file.head, next), keepVersion(chosen.version)],
      effects: [{ effect: 'purge-path', path: file.path }],
      action: 'version.restored',
      object: { kind: 'file', id: input.fileId },
      before: { versionId: file.head.versionId },
      after: { versionId: input.versionId },
      result: { ...file, head: next },
    };
  });
}

/** Nobody deletes the version in the moment in which it becomes the current one. */
const keepVersion = ({ historyId, versionId }: FileVersion): ChangeStep => ({
  check: 'version',
  key: { historyId, versionId },
  was: {},
});

function withContentOf(head: FileHead, { version, number }: NumberedVersion): FileHead {
  const { width: _, height: __, customCoordinates: ___, summary: ____, ...kept } = head;
  const { versionId, summary } = version;
  return { ...kept, ...toStoredContent(version), ...(summary && { summary }), versionId, versionNumber: number };
}
