import type { Caller } from '../../kernel/caller.ts';
import { Problem } from '../../kernel/problems.ts';
import type { LibraryFile } from '../files/library-file.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { Folder } from '../tree/folder.ts';
import { findReferencedBelow } from './find-referenced-below.ts';
import { referencesOf } from './references-of.ts';
import type { FileUse, PathInSetting } from './uses.ts';
import { isBelow, registeredUse, settingUses } from './uses.ts';

export interface AskDeps {
  readonly store: LibraryStore;
  /** Every path that a setting names. */
  readonly pathsInSettings: () => Promise<readonly PathInSetting[]>;
}

/** What is to be deleted. */
export type Deleted = { readonly files: readonly LibraryFile[] } | { readonly folder: Folder };

/** Throws FileReferenced when what is to be deleted is used somewhere. Missing where a caller said that it goes anyway. */
export type AskBeforeDelete = (deleted: Deleted) => Promise<void>;

/** Uses that a refusal names. */
const NAMED_USES = 20;

/** What was to be deleted is used; nothing was done. */
export class FileReferenced extends Problem {
  /** The first of them. */
  readonly uses: readonly FileUse[];

  constructor(what: string, uses: readonly FileUse[] = []) {
    super('file.referenced', `${what} Nothing was deleted; to delete it anyway, send force: true.`);
    this.uses = uses.slice(0, NAMED_USES);
  }
}

/** Asks for one caller and call. */
export function askBeforeDelete(deps: AskDeps, caller: Caller): AskBeforeDelete {
  return async (deleted) => {
    const uses = 'files' in deleted ? await usesOfFiles(deps, caller, deleted.files) : undefined;
    const found = uses ?? (await usesBelow(deps, caller, (deleted as { readonly folder: Folder }).folder));
    if (found.length === 0) return;
    const count = `${found.length} ${found.length === 1 ? 'place' : 'places'}`;
    throw new FileReferenced(`It is used in ${found.length < NAMED_USES ? '' : 'at least '}${count}.`, found);
  };
}

/** In how many places a file is used. */
export async function countUses({ pathsInSettings }: Pick<AskDeps, 'pathsInSettings'>, file: LibraryFile) {
  const named = (await pathsInSettings()).filter(({ path }) => path === file.path);
  return named.length + (file.head.referenceCount ?? 0);
}

/**
 * What is to be told when something has another path from now on: references follow files, settings name paths.
 * @param oldPath of a file, or of a folder
 */
export async function movedAway(
  { pathsInSettings }: Pick<AskDeps, 'pathsInSettings'>,
  caller: Caller,
  oldPath: string,
): Promise<string[]> {
  const isMeant = (path: string) => path === oldPath || isBelow(oldPath)(path);
  const uses = settingUses(caller, await pathsInSettings(), isMeant).filter((use) => use.kind !== 'registered');
  return uses.slice(0, NAMED_USES).map(({ name, path, as }) => {
    const what = name === undefined ? 'A named transformation' : `The named transformation "${name}"`;
    return `${what} still names "${path}" as its ${as.replace('-', ' ')}.`;
  });
}

/** Where a file is used. */
export const usesOf = (deps: AskDeps, caller: Caller, file: LibraryFile): Promise<FileUse[]> =>
  usesOfFiles(deps, caller, [file]);

async function usesOfFiles(
  { store, pathsInSettings }: AskDeps,
  caller: Caller,
  files: readonly LibraryFile[],
): Promise<FileUse[]> {
  const paths = new Set(files.map(({ path }) => path));
  const [settings, ...registered] = await Promise.all([
    pathsInSettings(),
    ...files.map(async (file) =>
      (file.head.referenceCount ? await referencesOf(store, file.head) : []).map((one) => registeredUse(file, one)),
    ),
  ]);
  return [...settingUses(caller, settings, (path) => paths.has(path)), ...registered.flat()];
}

async function usesBelow({ store, pathsInSettings }: AskDeps, caller: Caller, folder: Folder): Promise<FileUse[]> {
  const [settings, below] = await Promise.all([pathsInSettings(), findReferencedBelow(store, folder)]);
  if (below === 'too-many') {
    throw new FileReferenced('The folder has more files than are looked through for references.');
  }
  const heads = await store.heads(below.map(({ assetId }) => assetId));
  const paths = new Map(below.map(({ assetId, path }) => [assetId, path]));
  const registered = await Promise.all(
    heads.map(async (head) =>
      (await referencesOf(store, head)).map((one) => registeredUse({ path: paths.get(head.assetId) ?? '' }, one)),
    ),
  );
  return [...settingUses(caller, settings, isBelow(folder.path)), ...registered.flat()];
}
