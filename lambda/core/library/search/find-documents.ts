import { LIMITS } from '../../../contract/limits.ts';
import { isVisible } from '../../accounts/policy.ts';
import type { Caller } from '../../kernel/caller.ts';
import { problem } from '../../kernel/problems.ts';
import { gatherFolders } from '../files/gather-assets.ts';
import type { LibraryStore } from '../store/library-store.ts';
import type { NumberedVersion } from '../store/numbered-version.ts';
import { versionsOf } from '../store/numbered-version.ts';
import type { FileHead, FolderNode } from '../store/records.ts';
import { findFolder } from '../tree/find-folder.ts';
import type { Folder } from '../tree/folder.ts';
import type { FolderLocator } from '../tree/folder-locator.ts';
import { folderLocator } from '../tree/folder-locator.ts';
import { entriesIn } from '../tree/walk-folder.ts';
import { lookUp } from './look-up.ts';
import { matchesQuery } from './matches-query.ts';
import { planAccess, searchedTypes } from './plan-access.ts';
import type { SearchQuery } from './query.ts';
import type { LocatedDocument, SearchDocument } from './search-document.ts';
import { fileDocument, folderDocument, versionDocument } from './search-document.ts';
import type { SearchIndex } from './search-index.ts';

export interface FindDocumentsDeps {
  readonly store: LibraryStore;
  readonly index: SearchIndex;
}

/** An asset that a query means, with where it lies and what its answer needs. */
export interface FoundAsset {
  readonly document: LocatedDocument;
  /** In which it lies. */
  readonly folder: Folder;
  /** Of a folder. */
  readonly node?: FolderNode;
  /** Of a version that is not the current one. */
  readonly version?: { readonly head: FileHead; readonly numbered: NumberedVersion };
}

type Candidate = Omit<FoundAsset, 'document' | 'folder'> & { readonly document: SearchDocument };

/**
 * Everything that a query means and the caller may see, in no order.
 * @param query without relative times
 * @throws Problem search.limit when it would read more than the limit
 */
export async function findDocuments(
  deps: FindDocumentsDeps,
  caller: Caller,
  query: SearchQuery,
): Promise<FoundAsset[]> {
  const locator = folderLocator(deps.store, await deps.store.stamp());
  const found: FoundAsset[] = [];
  for await (const candidates of candidatesOf(deps, caller, query, locator)) {
    found.push(...(await chosen(locator, caller, query, candidates)));
  }
  return found;
}

/** Those that the caller may see and the query means. */
async function chosen(
  locator: FolderLocator,
  caller: Caller,
  query: SearchQuery,
  candidates: readonly Candidate[],
): Promise<FoundAsset[]> {
  const folders = await locator.locate(candidates.map(({ document }) => document.folderId));
  return candidates.flatMap((candidate): FoundAsset[] => {
    const folder = folders.get(candidate.document.folderId);
    if (!folder || !isVisible(caller, ownChain(candidate, folder))) return [];
    const document = { ...candidate.document, folderPath: folder.path };
    return matchesQuery(query, document) ? [{ ...candidate, document, folder }] : [];
  });
}

/** A folder itself may be seen where the one that it lies in may not. */
const ownChain = ({ document }: Candidate, { chain }: Folder): readonly string[] =>
  document.type === 'folder' ? [...chain, document.id] : chain;

async function* candidatesOf(
  deps: FindDocumentsDeps,
  caller: Caller,
  query: SearchQuery,
  locator: FolderLocator,
): AsyncGenerator<readonly Candidate[]> {
  const types = searchedTypes(query);
  if (types.has('folder')) yield await folderCandidates(deps.store, caller);
  if (!types.has('file') && !types.has('file-version')) return;
  for await (const documents of fileDocuments(deps, query)) {
    if (types.has('file')) yield documents.map((document) => ({ document }));
    if (types.has('file-version')) yield await versionCandidates(deps.store, caller, documents, locator);
  }
}

async function folderCandidates(store: LibraryStore, caller: Caller): Promise<Candidate[]> {
  const folders = await gatherFolders(store, caller);
  const nodes = await store.folderNodes(folders.map(({ folderId }) => folderId));
  return nodes.map((node) => ({ document: folderDocument(node), node }));
}

/** Earlier versions of files that the caller may see. */
async function versionCandidates(
  store: LibraryStore,
  caller: Caller,
  documents: readonly SearchDocument[],
  locator: FolderLocator,
): Promise<Candidate[]> {
  const several = documents.filter(({ versionCount = 1 }) => versionCount > 1);
  const folders = await locator.locate(several.map(({ folderId }) => folderId));
  const visible = several.filter(({ folderId }) => {
    const folder = folders.get(folderId);
    return folder && isVisible(caller, folder.chain);
  });
  if (visible.length > LIMITS.searchedVersions) {
    throw problem(
      'search.limit',
      `More than ${LIMITS.searchedVersions} files with several versions would be read; name a folder, an id or a tag, too.`,
    );
  }
  const heads = await store.heads(visible.map(({ id }) => id));
  const candidates = await Promise.all(
    heads.map(async (head) =>
      (await versionsOf(store, head))
        .filter(({ isCurrent }) => !isCurrent)
        .map((numbered) => ({ document: versionDocument(head, numbered.version), version: { head, numbered } })),
    ),
  );
  return candidates.flat();
}

/** The documents of files among which those are that the query means: as few as are cheaply known. */
async function* fileDocuments(
  { store, index }: FindDocumentsDeps,
  query: SearchQuery,
): AsyncGenerator<readonly SearchDocument[]> {
  const planned = planAccess(query);
  const access = planned.kind === 'terms' ? await lookUp(index, planned) : planned;
  if (access.kind === 'ids') return yield documentsOf(await store.heads(access.ids));
  if (access.kind === 'folders') {
    for (const path of access.paths) yield documentsOf(await headsIn(store, path));
    return;
  }
  let count = 0;
  for await (const documents of index.documents()) {
    count += documents.length;
    if (count > LIMITS.searchedAssets) throw tooMany();
    yield documents;
  }
}

const documentsOf = (heads: readonly FileHead[]): SearchDocument[] =>
  heads.filter(({ state }) => state === 'live').map(fileDocument);

/** Files of one folder, as they are at this moment. */
async function headsIn(store: LibraryStore, path: string): Promise<FileHead[]> {
  const folder = await findFolder(store, path);
  if (!folder) return [];
  const ids: string[] = [];
  for await (const { assetId } of entriesIn(store, folder.folderId)) {
    ids.push(assetId);
    if (ids.length > LIMITS.searchedAssets) throw tooMany();
  }
  return store.heads(ids);
}

const tooMany = () =>
  problem(
    'search.limit',
    `More than ${LIMITS.searchedAssets} files would be read; name a tag, a word of the name, a folder with path =, or an id, too.`,
  );
