import { LIMITS } from '../../../contract/limits.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { toStoredContent } from '../asset.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { READ_AGAIN } from '../store/decide-and-commit.ts';
import type { FileHead } from '../store/records.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { nextRevision, removeEntry, replaceFile } from './file-steps.ts';
import type { LibraryFile } from './library-file.ts';
import { isAt } from './library-file.ts';

/** The head of a live file in a folder, by its name. */
export async function headAt(
  { store }: Pick<ChangeDeps, 'store'>,
  folder: Folder,
  name: string,
): Promise<FileHead | undefined> {
  const entry = await store.fileEntry(folder.folderId, name);
  const head = entry && (await store.head(entry.assetId));
  // Read after its entry: in between it may have left this place.
  return head && isAt(head, folder, name) ? head : undefined;
}

/** Gives a file another folder or name that is free. */
export function relocate(
  file: LibraryFile,
  caller: Caller,
  to: { readonly folder: Folder; readonly name: string },
  now: string,
): Decision<LibraryFile> {
  const { folder, name } = to;
  const next = nextRevision({ ...file.head, folderId: folder.folderId, name }, caller, now);
  return told(file, { head: next, folder, path: pathIn(folder, name) }, replaceFile(file.head, next));
}

/**
 * Moves a file onto another: its versions are added to the other's, its current one becomes the current one, and the file
 * itself is no more (ImageKit, "Move file"). Private and taken down is what either was.
 * @throws Problem file.version-limit
 */
export function mergeOnto(
  file: LibraryFile,
  target: LibraryFile,
  caller: Caller,
  now: string,
): Decision<LibraryFile> | typeof READ_AGAIN {
  const { head } = file;
  // Somebody else moved it there after it was read in its old place.
  if (target.head.assetId === head.assetId) return READ_AGAIN;
  const merged = nextRevision(withVersionsOf(target.head, head), caller, now);
  const steps: ChangeStep[] = [
    { remove: 'head', key: { assetId: head.assetId }, was: { revision: head.revision } },
    removeEntry(head),
    ...replaceFile(target.head, merged),
  ];
  return told(file, { ...target, head: merged }, steps);
}

/** A file's head with another's versions after its own. @throws Problem file.version-limit */
export function withVersionsOf(target: FileHead, source: FileHead): FileHead {
  const versionCount = target.versionCount + source.versionCount;
  if (versionCount > LIMITS.versions) {
    throw problem(
      'file.version-limit',
      `A file may have at most ${LIMITS.versions} versions; together these have ${versionCount}.`,
    );
  }
  const { customCoordinates: _, width: __, height: ___, summary: ____, ...kept } = target;
  const takedown = target.takedown ?? source.takedown;
  const referenceCount = (target.referenceCount ?? 0) + (source.referenceCount ?? 0);
  return {
    ...kept,
    ...toStoredContent(source),
    ...(source.summary && { summary: source.summary }),
    ...(source.customCoordinates && { customCoordinates: source.customCoordinates }),
    versionId: source.versionId,
    versionNumber: target.lastNumber + source.versionNumber,
    lastNumber: target.lastNumber + source.lastNumber,
    versionCount,
    histories: [
      ...target.histories,
      ...source.histories.map(({ id, offset }) => ({ id, offset: offset + target.lastNumber })),
    ],
    isPrivate: target.isPrivate || source.isPrivate,
    isPublished: target.isPublished && source.isPublished,
    ...(takedown && { takedown }),
    ...(referenceCount > 0 && { referenceCount }),
  };
}

function told(from: LibraryFile, to: LibraryFile, steps: readonly ChangeStep[]): Decision<LibraryFile> {
  return {
    steps,
    effects: [from.path, to.path].map((path) => ({ effect: 'purge-path', path })),
    action: 'file.moved',
    object: { kind: 'file', id: from.head.assetId },
    before: { path: from.path },
    after: { path: to.path, ...(to.head.assetId !== from.head.assetId && { mergedInto: to.head.assetId }) },
    result: to,
  };
}
