import { toStoredContent } from '../asset.ts';
import type { ChangeStep } from '../store/change.ts';
import type { FileEntry, FileHead } from '../store/records.ts';

/** What delivery reads of a file. */
export function toEntry(head: FileHead): FileEntry {
  const { folderId, name, assetId, revision, versionId, isPrivate, isPublished, takedown, createdAt, updatedAt } = head;
  return {
    ...toStoredContent(head),
    ...{ folderId, name, assetId, revision, versionId, isPrivate, isPublished, createdAt, updatedAt },
    ...(head.customCoordinates !== undefined && { customCoordinates: head.customCoordinates }),
    ...(takedown && { takenDownSince: takedown.since }),
    ...(takedown?.until !== undefined && { takenDownUntil: takedown.until }),
  };
}

export const addFile = (head: FileHead): ChangeStep[] => [
  { create: 'fileEntry', record: toEntry(head) },
  { create: 'head', record: head },
];

/** Head and entry, which moves along when folder or name are others. */
export function replaceFile(old: FileHead, next: FileHead): ChangeStep[] {
  return [replaceHead(old, next), ...replaceEntry(old, next)];
}

export const replaceHead = ({ revision }: FileHead, next: FileHead): ChangeStep => ({
  replace: 'head',
  record: next,
  was: { revision },
});

function replaceEntry(old: FileHead, next: FileHead): ChangeStep[] {
  if (old.folderId === next.folderId && old.name === next.name) {
    const { assetId, revision } = old;
    return [{ replace: 'fileEntry', record: toEntry(next), was: { assetId, revision } }];
  }
  return [removeEntry(old), { create: 'fileEntry', record: toEntry(next) }];
}

export const removeEntry = ({ folderId, name, assetId, revision }: FileHead): ChangeStep => ({
  remove: 'fileEntry',
  key: { folderId, name },
  was: { assetId, revision },
});

/** The head as its next revision. */
export const nextRevision = (head: FileHead, caller: { readonly id: string }, now: string): FileHead => ({
  ...head,
  revision: head.revision + 1,
  updatedAt: now,
  updatedBy: caller.id,
});
