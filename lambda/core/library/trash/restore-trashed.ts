import { isAllowed, requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Problem } from '../../kernel/problems.ts';
import { problem } from '../../kernel/problems.ts';
import { withSuffix } from '../asset-path.ts';
import { nextRevision, replaceHead, toEntry } from '../files/file-steps.ts';
import { replaceNode } from '../folders/folder-steps.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ChangeDeps, Decision } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { FileHead, FolderNode, TrashedItem } from '../store/records.ts';
import type { NewFolders } from '../tree/ensure-folder.ts';
import { planFolders } from '../tree/ensure-folder.ts';
import { locateFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import { pathIn } from '../tree/folder.ts';
import { advanceTree } from '../tree/tree-change.ts';
import { dayOf } from './trash-days.ts';

export interface RestoreInput {
  /** Of a file or a folder. */
  readonly id: string;
  /** Another name, when its own is taken meanwhile; in canonical form. */
  readonly name?: string | undefined;
}

/** Names that are tried before none is proposed. */
const PROPOSALS = 20;

/**
 * Takes something out of the trash, as it was and where it was. Its folder is made again if that is gone.
 * @returns the path it has now
 * @throws Problem trash.missing, permission.missing, or trash.name-taken with a name that is free
 */
export async function restoreTrashed(deps: ChangeDeps, caller: Caller, input: RestoreInput): Promise<string> {
  return decideAndCommit(deps, caller, async (now): Promise<Decision<string>> => {
    const found = await findTrashed(deps.store, caller, input.id);
    if (!found) throw missing();
    const { head, node, trashed } = found;
    const name = input.name ?? (head ?? (node as FolderNode)).name;
    const home = await homeOf(deps, head?.folderId ?? (node as FolderNode).parentId, trashed, now);
    requirePermission(caller, 'files.restore', home.folder.chain);
    const steps = head
      ? await fileBack(deps, caller, { head, name, home }, now)
      : await folderBack(deps, { node: node as FolderNode, name, home }, now);
    const path = pathIn(home.folder, name);
    return {
      steps: [...home.steps, ...steps, removeTrashed(trashed)],
      effects: [{ effect: 'purge-path', path }],
      action: `${trashed.kind}.restored`,
      object: { kind: trashed.kind, id: input.id },
      after: { path },
      result: path,
    };
  });
}

/** What is in the trash: a file's head or a folder's node, and where it was. */
interface FoundTrashed {
  readonly head: FileHead | undefined;
  readonly node: FolderNode | undefined;
  readonly trashed: TrashedItem;
}

/** @returns undefined for what is not in the trash, or may not be seen there */
export async function findTrashed(store: LibraryStore, caller: Caller, id: string): Promise<FoundTrashed | undefined> {
  const [head, node] = await Promise.all([store.head(id), store.folderNode(id)]);
  const record = head ?? node;
  const trashed = record?.state === 'trash' ? await store.trashed(dayOf(record.trashedAt ?? ''), id) : undefined;
  return trashed && isAllowed(caller, 'files.read', trashed.folderIds) ? { head, node, trashed } : undefined;
}

/** The folder that it was in, wherever that is by now, or a new one under its old path. */
async function homeOf(deps: ChangeDeps, folderId: string, { path }: TrashedItem, now: string): Promise<NewFolders> {
  const folder = await locateFolder(deps.store, folderId);
  if (folder) return { folder, steps: [], created: [] };
  return planFolders(deps.store, deps.hexId, path.slice(0, path.lastIndexOf('/')) || '/', now);
}

async function fileBack(
  deps: ChangeDeps,
  caller: Caller,
  { head, name, home }: { readonly head: FileHead; readonly name: string; readonly home: NewFolders },
  now: string,
): Promise<ChangeStep[]> {
  const isTaken = async (one: string) => {
    const entry = await deps.store.fileEntry(home.folder.folderId, one);
    // Somebody else restores it at the same time.
    if (entry?.assetId === head.assetId) throw missing();
    return entry !== undefined;
  };
  await refuseTaken(home.folder, name, isTaken);
  const { trashedAt: _, ...kept } = head;
  const next: FileHead = {
    ...nextRevision(kept, caller, now),
    state: 'live',
    folderId: home.folder.folderId,
    name,
  };
  return [replaceHead(head, next), { create: 'fileEntry', record: toEntry(next) }];
}

async function folderBack(
  deps: ChangeDeps,
  { node, name, home }: { readonly node: FolderNode; readonly name: string; readonly home: NewFolders },
  now: string,
): Promise<ChangeStep[]> {
  const isTaken = async (one: string) => {
    const entry = await deps.store.folderEntry(home.folder.folderId, one);
    if (entry?.folderId === node.folderId) throw missing();
    return entry !== undefined;
  };
  await refuseTaken(home.folder, name, isTaken);
  const { trashedAt: _, ...kept } = node;
  const parentId = home.folder.folderId;
  const next: FolderNode = { ...kept, state: 'live', parentId, name, updatedAt: now, revision: node.revision + 1 };
  const { folderId, isPrivate } = node;
  return [
    replaceNode(node, next),
    { create: 'folderEntry', record: { parentId, name, folderId, isPrivate } },
    advanceTree(home.folder.stamp),
  ];
}

/** @throws Problem trash.name-taken */
async function refuseTaken(folder: Folder, name: string, isTaken: (name: string) => Promise<boolean>): Promise<void> {
  if (!(await isTaken(name))) return;
  for (let number = 1; number <= PROPOSALS; number++) {
    const proposed = withSuffix(name, String(number));
    if (!(await isTaken(proposed))) throw nameTaken(folder, name, `; "${proposed}" is free.`);
  }
  throw nameTaken(folder, name, '; give another name.');
}

const nameTaken = (folder: Folder, name: string, advice: string): Problem =>
  problem('trash.name-taken', `"${pathIn(folder, name)}" exists already${advice}`);

export const removeTrashed = ({ day, id }: TrashedItem): ChangeStep => ({
  remove: 'trashed',
  key: { day, id },
  was: {},
});

const missing = (): Problem => problem('trash.missing', 'There is nothing with this id in the trash.');
