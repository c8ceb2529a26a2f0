import { originalKey } from '../../../contract/object-keys.ts';
import { extensionOf } from '../asset-path.ts';
import { pinnedObject } from '../pinned-object.ts';
import type { ChangeStep } from '../store/change.ts';
import { versionsOf } from '../store/numbered-version.ts';
import type { FileHead, FileVersion } from '../store/records.ts';
import type { StagedCopy } from '../store/staged-copy.ts';
import type { CopyBytesDeps } from './staged-copies.ts';
import { beginCopy, endCopy } from './staged-copies.ts';

/** What was copied of a file; nobody sees it yet. */
export interface CopiedVersions {
  /** Of a history of their own, numbered from 1. */
  readonly versions: readonly FileVersion[];
  /** Its record carries the mark of what is staged; the change that shows the copy takes the mark away. */
  readonly current: FileVersion;
  readonly staged: StagedCopy;
}

/** What is copied has been shown before: by an earlier worker of the same job. */
export class ShownBefore extends Error {}

/**
 * Notes what is about to be copied, writes records that nothing refers to, and copies the bytes, in this order: whatever a dead
 * worker leaves is known.
 * @param ids of the copy's history and of each of its versions
 * @returns undefined when the current version is gone, or the file was changed while its bytes were copied
 * @throws ShownBefore, Problem busy
 */
export async function copyVersions(
  deps: CopyBytesDeps,
  head: FileHead,
  chosen: { readonly path: string; readonly withVersions: boolean; readonly ids: (part: string) => string },
): Promise<CopiedVersions | undefined> {
  const sources = await sourcesOf(deps, head, chosen.withVersions);
  const copies = copiesOf(head, sources, chosen);
  if (!copies) return undefined;
  const copied = { ...copies, staged: await beginCopy(deps, copies) };
  try {
    if (!(await deps.store.stageVersions(copied.versions, copied.current))) {
      throw new ShownBefore('The copy was shown before.');
    }
    for (const [index, { objectKey, size }] of copied.versions.entries()) {
      // What stays at its origin has no bytes here.
      if (!pinnedObject(objectKey)) await deps.objects.copy(sources[index]?.version.objectKey ?? '', objectKey, size);
    }
    return copied;
  } catch (error) {
    await endCopy(deps, copied.staged);
    // A version may have been deleted meanwhile.
    const isChanged = (await deps.store.head(head.assetId))?.revision !== head.revision;
    if (isChanged && !(error instanceof ShownBefore)) return undefined;
    throw error;
  }
}

type Source = Awaited<ReturnType<typeof versionsOf>>[number];

async function sourcesOf({ store }: CopyBytesDeps, head: FileHead, withVersions: boolean): Promise<Source[]> {
  const versions = (await versionsOf(store, head)).filter(({ isCurrent }) => withVersions || isCurrent);
  return versions.sort((one, other) => one.number - other.number);
}

function copiesOf(
  head: FileHead,
  sources: readonly Source[],
  { path, ids }: { readonly path: string; readonly ids: (part: string) => string },
): Omit<CopiedVersions, 'staged'> | undefined {
  const historyId = ids('history');
  const versions = sources.map(({ version }, index): FileVersion => {
    const versionId = ids(version.versionId);
    const own = originalKey(path, versionId, extensionOf(head.name));
    const objectKey = pinnedObject(version.objectKey) ? version.objectKey : own;
    return { ...version, historyId, versionId, number: index + 1, objectKey };
  });
  const current = versions[sources.findIndex(({ isCurrent }) => isCurrent)];
  return current && { versions, current };
}

/** Part of the change that shows the copy: whoever ends what is staged comes before it or not at all. */
export const takeCopy = ({ current, staged: { historyId, revision } }: CopiedVersions): readonly ChangeStep[] => [
  { replace: 'version', record: current, was: { isStaged: true } },
  { remove: 'stagedCopy', key: { historyId }, was: { revision } },
];
