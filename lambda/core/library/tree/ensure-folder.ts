import type { Permission } from '../../accounts/permissions.ts';
import { requirePermission } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { ChangeStep } from '../store/change.ts';
import type { ChangeDeps, Decision, NoChange } from '../store/decide-and-commit.ts';
import { decideAndCommit } from '../store/decide-and-commit.ts';
import type { TreeReads } from './find-folder.ts';
import { findFolder } from './find-folder.ts';
import type { Folder } from './folder.ts';
import { levelsOf, pathIn } from './folder.ts';

/** Records of new folders; `folder` is the last of them. */
export interface NewFolders {
  readonly folder: Folder;
  readonly steps: readonly ChangeStep[];
  readonly created: readonly Folder[];
}

/** Levels made in one transaction; each is two of its hundred items. */
const LEVELS_AT_ONCE = 40;

/**
 * The folder under a path; what is missing of it is made.
 * @param permission that the caller must have in the folder, or in the deepest one above it that is there
 * @throws Problem permission.missing
 */
export async function ensureFolder(
  deps: ChangeDeps,
  caller: Caller,
  permission: Permission,
  path: string,
): Promise<Folder> {
  const { above, missing } = await deepestPresent(deps.store, path);
  requirePermission(caller, permission, above.chain);
  if (missing.length === 0) return above;
  if (missing.length > LEVELS_AT_ONCE) {
    await ensureFolder(deps, caller, permission, pathAbove(path, missing.length - LEVELS_AT_ONCE));
  }
  return decideAndCommit(deps, caller, async (now): Promise<Decision<Folder> | NoChange<Folder>> => {
    const { folder, steps } = await planFolders(deps.store, deps.hexId, path, now);
    if (steps.length === 0) return { unchanged: folder };
    return {
      steps,
      action: 'folder.created',
      object: { kind: 'folder', id: folder.folderId },
      after: { path },
      result: folder,
    };
  });
}

/**
 * Whether a caller may do something in a folder, or in the deepest one above it that is there.
 * @returns the folder, or undefined when it is not there yet
 * @throws Problem permission.missing
 */
export async function requireInFolder(
  reads: TreeReads,
  caller: Caller,
  permission: Permission,
  path: string,
): Promise<Folder | undefined> {
  const { above, missing } = await deepestPresent(reads, path);
  requirePermission(caller, permission, above.chain);
  return missing.length === 0 ? above : undefined;
}

/** The steps that make what is missing of a path; none when it is there. */
export async function planFolders(
  reads: TreeReads,
  hexId: () => string,
  path: string,
  now: string,
): Promise<NewFolders> {
  const { above, missing } = await deepestPresent(reads, path);
  const created: Folder[] = [];
  const steps: ChangeStep[] = [];
  let parent = above;
  for (const name of missing) {
    const folderId = hexId();
    const parentId = parent.folderId;
    steps.push(...folderSteps(parentId, name, folderId, now));
    parent = { ...parent, folderId, path: pathIn(parent, name), chain: [...parent.chain, folderId] };
    created.push(parent);
  }
  return { folder: parent, steps, created };
}

const folderSteps = (parentId: string, name: string, folderId: string, now: string): ChangeStep[] => [
  { create: 'folderEntry', record: { parentId, name, folderId, isPrivate: false } },
  {
    create: 'folderNode',
    record: {
      folderId,
      parentId,
      name,
      isPrivate: false,
      revision: 1,
      state: 'live',
      createdAt: now,
      updatedAt: now,
    },
  },
];

/** The folder so many levels above. */
const pathAbove = (path: string, levels: number): string => `/${levelsOf(path).slice(0, -levels).join('/')}`;

async function deepestPresent(reads: TreeReads, path: string): Promise<{ above: Folder; missing: string[] }> {
  const levels = levelsOf(path);
  for (let depth = levels.length; depth >= 0; depth--) {
    const above = await findFolder(reads, `/${levels.slice(0, depth).join('/')}`);
    if (above) return { above, missing: levels.slice(depth) };
  }
  throw new Error('The root folder was not found.');
}
