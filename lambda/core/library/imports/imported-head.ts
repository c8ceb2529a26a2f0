import { createHash } from 'node:crypto';
import type { Caller } from '../../kernel/caller.ts';
import type { StoredContent } from '../asset.ts';
import { toStoredContent } from '../asset.ts';
import { nextRevision } from '../files/file-steps.ts';
import type { FileHead, FileVersion } from '../store/records.ts';
import type { Folder } from '../tree/folder.ts';

/** Id of the file that an object becomes, the same in every import, wherever the file is moved. 24 hexadecimal characters. */
export function importedId(originId: string, key: string): string {
  return createHash('sha256').update(`${originId}/${key}`).digest('hex').slice(0, 24);
}

export interface NewFile {
  readonly assetId: string;
  readonly folder: Folder;
  readonly name: string;
  readonly content: StoredContent;
  readonly isPrivate: boolean;
}

export function firstHead({ assetId, folder, name, content, isPrivate }: NewFile, by: Caller, now: string): FileHead {
  return {
    ...toStoredContent(content),
    assetId,
    revision: 1,
    state: 'live',
    folderId: folder.folderId,
    name,
    versionId: assetId,
    versionNumber: 1,
    lastNumber: 1,
    versionCount: 1,
    histories: [{ id: assetId, offset: 0 }],
    isPrivate,
    isPublished: true,
    createdAt: now,
    createdBy: by.id,
    updatedAt: now,
    updatedBy: by.id,
  };
}

/** The head with what its object became. A file that is public stays so only while the object does not call itself private. */
export function nextHead(
  current: FileHead,
  { content, versionId, isPrivate }: Pick<NewFile, 'content' | 'isPrivate'> & { readonly versionId: string },
  by: Caller,
  now: string,
): FileHead {
  const { width: _, height: __, customCoordinates: ___, summary: ____, declaredType: _____, ...described } = current;
  const number = current.lastNumber + 1;
  return {
    ...nextRevision(described as FileHead, by, now),
    ...toStoredContent(content),
    versionId,
    versionNumber: number,
    lastNumber: number,
    versionCount: current.versionCount + 1,
    isPrivate: current.isPrivate || isPrivate,
  };
}

/** The current version of a head; new versions are added to the newest history. */
export function currentVersion(head: FileHead, now: string): FileVersion {
  const history = head.histories.at(-1);
  if (!history) throw new Error('A file has no history.');
  return {
    ...toStoredContent(head),
    historyId: history.id,
    versionId: head.versionId,
    number: head.versionNumber - history.offset,
    createdAt: now,
  };
}
