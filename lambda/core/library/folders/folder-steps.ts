import type { ChangeStep } from '../store/change.ts';
import type { FolderNode } from '../store/records.ts';
import { advanceTree } from '../tree/tree-change.ts';

/** A live folder with another parent, name or privacy: entry and node, as one change of the tree. */
export function replaceFolder(old: FolderNode, next: FolderNode, stamp: number): ChangeStep[] {
  return [...replaceFolderEntry(old, next), replaceNode(old, next), advanceTree(stamp)];
}

function replaceFolderEntry(old: FolderNode, next: FolderNode): ChangeStep[] {
  const { parentId, name, folderId, isPrivate } = next;
  const record = { parentId, name, folderId, isPrivate };
  if (old.parentId === parentId && old.name === name) return [{ replace: 'folderEntry', record, was: { folderId } }];
  return [removeFolderEntry(old), { create: 'folderEntry', record }];
}

export const removeFolderEntry = ({ parentId, name, folderId }: FolderNode): ChangeStep => ({
  remove: 'folderEntry',
  key: { parentId, name },
  was: { folderId },
});

export const replaceNode = ({ revision }: FolderNode, next: FolderNode): ChangeStep => ({
  replace: 'folderNode',
  record: next,
  was: { revision },
});
