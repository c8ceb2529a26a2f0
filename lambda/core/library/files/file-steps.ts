import { toStoredContent } from '../asset.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ContentSummary } from '../store/content-summary.ts';
import type { FileEntry, FileHead } from '../store/records.ts';

/** What delivery reads of a file. */
export function toEntry(head: FileHead): FileEntry {
  const { folderId, name, assetId, versionId, isPrivate, isPublished, takedown, createdAt, updatedAt } = head;
  return {
    ...toStoredContent(head),
    ...{ folderId, name, assetId, versionId, isPrivate, isPublished, createdAt, updatedAt },
    revision: changedRevision(head),
    ...(head.customCoordinates !== undefined && { customCoordinates: head.customCoordinates }),
    ...(head.referenceCount !== undefined && { referenceCount: head.referenceCount }),
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
    const was = { assetId: old.assetId, revision: changedRevision(old) };
    return [{ replace: 'fileEntry', record: toEntry(next), was }];
  }
  return [removeEntry(old), { create: 'fileEntry', record: toEntry(next) }];
}

export const removeEntry = (head: FileHead): ChangeStep => ({
  remove: 'fileEntry',
  key: { folderId: head.folderId, name: head.name },
  was: { assetId: head.assetId, revision: changedRevision(head) },
});

/** The revision of the last change that somebody made. */
export const changedRevision = (head: Pick<FileHead, 'revision' | 'changedRevision'>): number =>
  head.changedRevision ?? head.revision;

/** The head as its next revision. */
export function nextRevision(head: FileHead, caller: { readonly id: string }, now: string): FileHead {
  const { changedRevision: _, ...kept } = head;
  return { ...kept, revision: head.revision + 1, updatedAt: now, updatedBy: caller.id };
}

/** The head with what its bytes show, which is no change of the file. */
export const withSummary = (head: FileHead, summary: ContentSummary): FileHead => ({
  ...head,
  summary,
  revision: head.revision + 1,
  changedRevision: changedRevision(head),
});
