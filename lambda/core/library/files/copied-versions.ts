import { originalKey } from '../../../contract/object-keys.ts';
import { extensionOf } from '../asset-path.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import { versionsOf } from '../store/numbered-version.ts';
import type { FileHead, FileVersion } from '../store/records.ts';

export interface CopyBytesDeps extends ChangeDeps {
  readonly objects: {
    /** Copies an original's bytes under another key, on the server's side. */
    copy(from: string, to: string): Promise<void>;
    remove(objectKey: string): Promise<void>;
  };
}

/** What was copied of a file; nobody sees it yet. */
export interface CopiedVersions {
  /** Of a history of their own, numbered from 1. */
  readonly versions: readonly FileVersion[];
  /** Its record carries the mark of what is staged; the change that shows the copy takes the mark away. */
  readonly current: FileVersion;
}

/** What is copied has been shown before: by an earlier worker of the same job. */
export class ShownBefore extends Error {}

/**
 * Copies bytes, and writes records that nothing refers to.
 * @param ids of the copy's history and of each of its versions
 * @returns undefined when the current version is gone
 * @throws ShownBefore
 */
export async function copyVersions(
  deps: CopyBytesDeps,
  head: FileHead,
  {
    path,
    withVersions,
    ids,
  }: { readonly path: string; readonly withVersions: boolean; readonly ids: (part: string) => string },
): Promise<CopiedVersions | undefined> {
  const chosen = (await versionsOf(deps.store, head))
    .filter(({ isCurrent }) => withVersions || isCurrent)
    .sort((one, other) => one.number - other.number);
  const historyId = ids('history');
  const versions: FileVersion[] = [];
  let current: FileVersion | undefined;
  for (const [index, { version, isCurrent }] of chosen.entries()) {
    const versionId = ids(version.versionId);
    const objectKey = originalKey(path, versionId, extensionOf(head.name));
    await deps.objects.copy(version.objectKey, objectKey);
    const copy = { ...version, historyId, versionId, number: index + 1, objectKey };
    versions.push(copy);
    if (isCurrent) current = copy;
  }
  if (!current) return undefined;
  if (!(await deps.store.stageVersions(versions, current))) throw new ShownBefore('The copy was shown before.');
  return { versions, current };
}

/** Part of the change that shows the copy: whoever removes what is staged comes before it or not at all. */
export const takeMark = ({ current }: CopiedVersions): ChangeStep => ({
  replace: 'version',
  record: current,
  was: { isStaged: true },
});

/**
 * Leaves nothing of a copy that is not shown, and that nobody can show any more from then on. Records go before bytes: what is
 * shown keeps both, whatever its worker knows of it.
 * @returns false when the copy is shown; it is left alone
 */
export async function removeUnlessShown(
  { store, objects }: CopyBytesDeps,
  { versions, current }: CopiedVersions,
): Promise<boolean> {
  if (!(await store.removeStaged(versions, current))) {
    const kept = await store.version(current.historyId, current.versionId);
    return kept === undefined;
  }
  for (const { objectKey } of versions) await objects.remove(objectKey);
  return true;
}
