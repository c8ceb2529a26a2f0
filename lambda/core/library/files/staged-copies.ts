import { problem } from '../../kernel/problems.ts';
import type { ChangeDeps } from '../store/decide-and-commit.ts';
import type { FileVersion } from '../store/records.ts';
import type { StagedCopy } from '../store/staged-copy.ts';

export interface CopyBytesDeps extends ChangeDeps {
  readonly objects: {
    /** As of `Originals`. @throws Problem busy when it takes too long */
    copy(from: string, to: string, size: number): Promise<void>;
    /** Leaves nothing of an object, older generations included. */
    erase(objectKey: string): Promise<void>;
  };
}

/** Seconds after which what was begun and not shown is ended; no function runs so long. */
const COPY_LIFE = 3600;

/** Attempts beside other workers of the same copy. */
const ATTEMPTS = 5;

/**
 * Notes which bytes and records a copy is about to make. A worker that takes over adds its own to those of the one before, who
 * cannot show the copy any more.
 * @throws Problem busy
 */
export async function beginCopy(
  deps: CopyBytesDeps,
  { versions, current }: { readonly versions: readonly FileVersion[]; readonly current: FileVersion },
): Promise<StagedCopy> {
  const { store, clock } = deps;
  const own = versions.map(({ versionId, objectKey }) => ({ versionId, objectKey }));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await store.stagedCopy(current.historyId);
    if (before?.isEnding) {
      await endCopy(deps, before);
      continue;
    }
    const others = (before?.versions ?? []).filter(
      (version) => !own.some((one) => one.objectKey === version.objectKey),
    );
    const copy: StagedCopy = {
      historyId: current.historyId,
      versions: [...others, ...own],
      currentId: current.versionId,
      revision: (before?.revision ?? 0) + 1,
      endsAt: Math.floor(clock() / 1000) + COPY_LIFE,
    };
    if (await store.saveStagedCopy(copy, before?.revision)) return copy;
  }
  throw problem('busy', 'The file is being copied by another call; try again.');
}

/**
 * Leaves nothing of a copy that is not shown, and that nobody can show any more from then on. Records go before bytes: what is
 * shown keeps both, whatever its worker knows of it. Each step can be done twice, so that the hour's run ends what a dead worker
 * began to end.
 * @returns false when the copy is shown; it is left alone
 */
export async function endCopy(
  { store, objects }: Pick<CopyBytesDeps, 'store' | 'objects'>,
  copy: StagedCopy,
): Promise<boolean> {
  const { historyId, revision, currentId } = copy;
  const isOurs = await store.saveStagedCopy({ ...copy, revision: revision + 1, isEnding: true }, revision);
  if (!isOurs) return !(await isShown({ store }, copy));
  const versions = copy.versions.map(({ versionId }) => ({ historyId, versionId }));
  const isRemoved = await store.removeStaged(versions, { historyId, versionId: currentId });
  if (!isRemoved && (await isShown({ store }, copy))) {
    await store.removeStagedCopy(historyId);
    return false;
  }
  for (const { objectKey } of copy.versions) await objects.erase(objectKey);
  if (!isRemoved) await store.removeVersions(versions);
  await store.removeStagedCopy(historyId);
  return true;
}

async function isShown(
  { store }: Pick<CopyBytesDeps, 'store'>,
  { historyId, currentId }: Pick<StagedCopy, 'historyId' | 'currentId'>,
): Promise<boolean> {
  const kept = await store.version(historyId, currentId);
  return kept !== undefined && !kept.isStaged;
}
